package dev.weir.testing.suite;

import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.ContainerBroker;
import dev.weir.testing.broker.OnBroker;

@OnBroker(BrokerKind.CONTAINER)
class SlowNetworkContainerIT implements SlowNetworkSuite {
  @Override
  public Broker create(BrokerSettings settings) {
    return new ContainerBroker(settings);
  }
}
