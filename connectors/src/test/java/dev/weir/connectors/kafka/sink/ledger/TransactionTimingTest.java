package dev.weir.connectors.kafka.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.LedgerTiming;
import dev.weir.error.InvalidConfigException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactionTimingTest {
  private static final Optional<Object> DERIVED = Optional.empty();
  private static final Optional<Long> BROKER = Optional.of(900_000L);

  @Test
  void shouldBeTwiceWhatACheckpointMayTake() {
    assertThat(TransactionTiming.timeoutMillis(timing(10, 60), DERIVED, BROKER)).isEqualTo(140_000);
  }

  @Test
  void shouldBeTenSecondsAtLeast() {
    assertThat(TransactionTiming.timeoutMillis(timing(1, 1), DERIVED, BROKER)).isEqualTo(10_000);
  }

  @Test
  void shouldStayWithinTheBrokersLimitWhereThatIsEnough() {
    assertThat(TransactionTiming.timeoutMillis(timing(300, 300), DERIVED, BROKER))
        .isEqualTo(900_000);
  }

  @Test
  void shouldTakeTheUsersValueWhereItFits() {
    assertThat(TransactionTiming.timeoutMillis(timing(10, 60), Optional.of("70000"), BROKER))
        .isEqualTo(70_000);
    assertThat(
            TransactionTiming.timeoutMillis(timing(10, 60), Optional.of(80_000), Optional.empty()))
        .isEqualTo(80_000);
  }

  @Test
  void shouldTellTheNumbersWhereNothingFits() {
    refused("10000 + 60000 = 70000 ms, but transaction.timeout.ms is 69999", 10, 60, 69_999);
    refused("is 900001, but the broker's transaction.max.timeout.ms is 900000", 10, 60, 900_001);
    refused("= 901000 ms, but the broker's transaction.max.timeout.ms is 900000", 1, 900, 950_000);
    refused("must be a number of milliseconds, got 'soon'", 1, 1, "soon");
  }

  @Test
  void shouldHoldOutputAsLongAsTheBrokerLetsItWithoutPeriodicCheckpoints() {
    LedgerTiming off = new LedgerTiming(Optional.empty(), Duration.ofSeconds(60));

    assertThat(TransactionTiming.timeoutMillis(off, DERIVED, BROKER)).isEqualTo(900_000);
  }

  private static void refused(String message, int interval, int timeout, Object given) {
    assertThatThrownBy(
            () ->
                TransactionTiming.timeoutMillis(
                    timing(interval, timeout), Optional.of(given), BROKER))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  private static LedgerTiming timing(int intervalSeconds, int timeoutSeconds) {
    return new LedgerTiming(
        Optional.of(Duration.ofSeconds(intervalSeconds)), Duration.ofSeconds(timeoutSeconds));
  }
}
