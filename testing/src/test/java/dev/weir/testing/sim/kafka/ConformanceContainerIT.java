package dev.weir.testing.sim.kafka;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(BrokerKind.CONTAINER)
class ConformanceContainerIT implements ConformanceSuite {}
