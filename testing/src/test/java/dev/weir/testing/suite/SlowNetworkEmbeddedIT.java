package dev.weir.testing.suite;

import dev.weir.testing.broker.Broker;
import dev.weir.testing.broker.BrokerKind;
import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.OnBroker;

@OnBroker(BrokerKind.EMBEDDED)
class SlowNetworkEmbeddedIT implements SlowNetworkSuite {
  @Override
  public Broker create(BrokerSettings settings) {
    return new EmbeddedBroker(settings);
  }
}
