package dev.weir.testing.suite;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(value = BrokerKind.EMBEDDED, own = true, nodes = 3)
class NoQuorumEmbeddedIT implements NoQuorumSuite {}
