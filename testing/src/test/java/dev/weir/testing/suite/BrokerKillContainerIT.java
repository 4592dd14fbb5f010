package dev.weir.testing.suite;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(value = BrokerKind.CONTAINER, own = true)
class BrokerKillContainerIT implements BrokerKillSuite {}
