package dev.weir.testing.audit;

import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.OnBroker;

@OnBroker(BrokerKind.CONTAINER)
class TopicAuditorContainerIT implements TopicAuditorSuite {}
