package dev.weir.testing.broker;

@OnBroker(BrokerKind.EMBEDDED)
class LinkedBrokerEmbeddedIT implements LinkedBrokerSuite {
  @Override
  public Broker create(BrokerSettings settings) {
    return new EmbeddedBroker(settings);
  }
}
