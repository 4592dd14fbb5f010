package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.ConnectorException;
import dev.weir.error.FencedException;
import dev.weir.job.RestartStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {
  private final Exception transientFailure = new ConnectorException("the broker is away");
  private static final Duration SHORT = Duration.ofMillis(5);

  @Test
  void shouldDoubleThePauseUpToItsBound() {
    Restarts restarts =
        new Restarts(
            RestartStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(3)));

    assertThat(restarts.afterFailure(transientFailure, SHORT)).contains(Duration.ofSeconds(1));
    assertThat(restarts.afterFailure(transientFailure, SHORT)).contains(Duration.ofSeconds(2));
    assertThat(restarts.afterFailure(transientFailure, SHORT)).contains(Duration.ofSeconds(3));
    assertThat(restarts.afterFailure(transientFailure, SHORT)).contains(Duration.ofSeconds(3));
    assertThat(restarts.count()).isEqualTo(4);
  }

  @Test
  void shouldBeginAnewAfterAQuietTime() {
    Restarts restarts =
        new Restarts(
            RestartStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    restarts.afterFailure(transientFailure, SHORT);
    restarts.afterFailure(transientFailure, SHORT);

    assertThat(restarts.afterFailure(transientFailure, Duration.ofMinutes(1)))
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void shouldGiveUpWhenTheBudgetIsUsed() {
    Restarts restarts = new Restarts(RestartStrategy.fixedDelay(Duration.ofSeconds(1), 2));

    assertThat(restarts.afterFailure(transientFailure, SHORT)).contains(Duration.ofSeconds(1));
    assertThat(restarts.afterFailure(transientFailure, SHORT)).contains(Duration.ofSeconds(1));
    assertThat(restarts.afterFailure(transientFailure, SHORT)).isEmpty();
  }

  @Test
  void shouldNeverRestartAgainstANewerInstance() {
    Restarts restarts = new Restarts(RestartStrategy.fixedDelay(Duration.ofSeconds(1), 2));

    assertThat(restarts.afterFailure(new FencedException("another one runs"), SHORT)).isEmpty();
  }

  @Test
  void shouldEndWithTheFirstFailureWhereNoRestartIsWanted() {
    assertThat(new Restarts(RestartStrategy.none()).afterFailure(transientFailure, SHORT))
        .isEmpty();
  }
}
