package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerBrokerTest {
  @Test
  void shouldNameVariablesTheWayTheImageReadsThem() {
    assertThat(ContainerBroker.variable("transaction.state.log.min.isr"))
        .isEqualTo("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR");
    assertThat(ContainerBroker.variable("a.b_c-d")).isEqualTo("KAFKA_A_B__C___D");
  }
}
