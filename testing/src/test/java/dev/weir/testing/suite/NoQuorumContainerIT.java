package dev.weir.testing.suite;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(value = BrokerKind.CONTAINER, own = true, nodes = 3)
class NoQuorumContainerIT implements NoQuorumSuite {}
