package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.ConnectorException;
import dev.weir.error.FailureKind;
import dev.weir.error.FencedException;
import dev.weir.error.PoisonRecordException;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
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

    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).contains(Duration.ofSeconds(1));
    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).contains(Duration.ofSeconds(2));
    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).contains(Duration.ofSeconds(3));
    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).contains(Duration.ofSeconds(3));
    assertThat(restarts.count()).isEqualTo(4);
  }

  @Test
  void shouldBeginAnewAfterAQuietTime() {
    Restarts restarts =
        new Restarts(
            RestartStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    restarts.afterFailure(transientFailure, SHORT, 0);
    restarts.afterFailure(transientFailure, SHORT, 0);

    assertThat(restarts.afterFailure(transientFailure, Duration.ofMinutes(1), 0))
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void shouldGiveUpWhenTheBudgetIsUsed() {
    Restarts restarts = new Restarts(RestartStrategy.fixedDelay(Duration.ofSeconds(1), 2));

    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).contains(Duration.ofSeconds(1));
    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).contains(Duration.ofSeconds(1));
    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).isEmpty();
  }

  @Test
  void shouldNeverRestartAgainstANewerInstance() {
    Restarts restarts = new Restarts(RestartStrategy.fixedDelay(Duration.ofSeconds(1), 2));

    assertThat(restarts.afterFailure(new FencedException("another one runs"), SHORT, 0)).isEmpty();
  }

  @Test
  void shouldEndWithTheFirstFailureWhereNoRestartIsWanted() {
    assertThat(new Restarts(RestartStrategy.none()).afterFailure(transientFailure, SHORT, 0))
        .isEmpty();
  }

  @Test
  void shouldGiveUpWhenFailuresComeTooOften() {
    Restarts restarts =
        new Restarts(RestartStrategy.failureRate(2, Duration.ofSeconds(10), Duration.ofSeconds(1)));

    assertThat(restarts.afterFailure(transientFailure, SHORT, 0)).isPresent();
    assertThat(restarts.afterFailure(transientFailure, SHORT, 9_000)).isPresent();
    assertThat(restarts.afterFailure(transientFailure, SHORT, 10_000)).isPresent();
    assertThat(restarts.afterFailure(transientFailure, SHORT, 18_999)).isEmpty();
  }

  @Test
  void shouldRestartAfterWhatMayPassAndNeverAfterWhatCannot() {
    assertRestart(new OutOfMemoryError("planted"), true);
    assertRestart(new IllegalStateException("planted"), true);
    assertRestart(new StorageException("disk full"), true);
    assertRestart(new NoClassDefFoundError("planted"), false);
    assertRestart(new PoisonRecordException("input-0@7", null), false);
    assertRestart(new RestoreException("a file is missing"), false);
  }

  private static void assertRestart(Throwable failure, boolean expected) {
    Restarts restarts = new Restarts(RestartStrategy.fixedDelay(Duration.ofSeconds(1), 2));

    assertThat(restarts.afterFailure(failure, SHORT, 0).isPresent())
        .as(FailureKind.of(failure) + ": " + failure)
        .isEqualTo(expected);
  }
}
