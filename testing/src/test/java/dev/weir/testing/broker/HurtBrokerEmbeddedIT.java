package dev.weir.testing.broker;

@OnBroker(value = BrokerKind.EMBEDDED, own = true)
class HurtBrokerEmbeddedIT implements HurtBrokerSuite {}
