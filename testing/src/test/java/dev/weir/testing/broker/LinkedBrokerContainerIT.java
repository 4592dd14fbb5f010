package dev.weir.testing.broker;

@OnBroker(BrokerKind.CONTAINER)
class LinkedBrokerContainerIT implements LinkedBrokerSuite {
  @Override
  public Broker create(BrokerSettings settings) {
    return new ContainerBroker(settings);
  }
}
