package dev.weir.testing.sim.kafka;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(BrokerKind.EMBEDDED)
class ConformanceEmbeddedIT implements ConformanceSuite {}
