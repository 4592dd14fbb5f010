package dev.weir.testing.suite;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(BrokerKind.EMBEDDED)
class BurstEmbeddedIT implements BurstSuite {}
