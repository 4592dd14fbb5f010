package dev.weir.testing.broker;

@OnBroker(value = BrokerKind.CONTAINER, own = true)
class HurtBrokerContainerIT implements HurtBrokerSuite {}
