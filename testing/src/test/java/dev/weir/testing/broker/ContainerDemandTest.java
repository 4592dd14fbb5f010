package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainerDemandTest {
  private static final Availability MISSING = Availability.missing("no engine");

  @Test
  void shouldSkipContainersWithTheReasonWhereThereAreNone() {
    assertThat(ContainerDemand.of("auto", null).judge(BrokerKind.CONTAINER, () -> MISSING))
        .contains("no engine");
  }

  @Test
  void shouldRunContainersWhereThereAreSome() {
    Availability image = Availability.with("local/kafka:4.3.1");

    assertThat(ContainerDemand.of("auto", "false").judge(BrokerKind.CONTAINER, () -> image))
        .isEmpty();
  }

  @Test
  void shouldNotSkipContainersThatAreRequired() {
    assertThat(ContainerDemand.of("container", null).judge(BrokerKind.CONTAINER, () -> MISSING))
        .isEmpty();
    assertThat(ContainerDemand.of("auto", "true").judge(BrokerKind.CONTAINER, () -> MISSING))
        .isEmpty();
  }

  @Test
  void shouldNotEvenAskForContainersWhenToldSo() {
    assertThat(ContainerDemand.of("embedded", "true").judge(BrokerKind.CONTAINER, this::unasked))
        .isPresent();
  }

  @Test
  void shouldAlwaysRunEmbedded() {
    assertThat(ContainerDemand.of("container", "true").judge(BrokerKind.EMBEDDED, this::unasked))
        .isEmpty();
  }

  @Test
  void shouldRefuseAWordItDoesNotKnow() {
    assertThatThrownBy(() -> ContainerDemand.of("docker", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("docker");
  }

  private Availability unasked() {
    throw new AssertionError("The engine was asked.");
  }
}
