package dev.weir.sample.clickcount.demo;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.job.StateBackend;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What to show.
 *
 * @param bootstrapServers a cluster to use; empty: a broker of its own
 * @param clicksPerSecond how fast clicks come
 * @param duration how long clicks come
 * @param kills how often the job is killed meanwhile
 * @param seed decides the moments of the kills and the disorder of the clicks
 * @param parallelism tasks per stage of the job
 * @param state where the job keeps its state
 * @param guarantee of the job's sink
 * @param checkpointInterval of the job
 */
public record DemoSettings(
    Optional<String> bootstrapServers,
    int clicksPerSecond,
    Duration duration,
    int kills,
    long seed,
    int parallelism,
    StateBackend state,
    DeliveryGuarantee guarantee,
    Duration checkpointInterval) {
  /** So much longer clicks come if recoveries take so long that not all kills fit into the time. */
  static final Duration EXTENSION = Duration.ofSeconds(60);

  /** Time that a kill and the recovery from it need at the least. */
  private static final Duration PER_KILL = Duration.ofSeconds(6);

  /** Checks that the kills fit into the time. */
  public DemoSettings {
    if (kills < 0) {
      throw new IllegalArgumentException("--kills must not be negative, got " + kills);
    }
    if (PER_KILL.multipliedBy(kills).compareTo(duration) > 0) {
      throw new IllegalArgumentException(
          kills
              + " kills with a recovery each need at least "
              + PER_KILL.multipliedBy(kills).toSeconds()
              + " s of clicks, got "
              + duration.toSeconds()
              + " s. Give more --minutes or fewer --kills");
    }
  }

  /** As many windows as can be needed at the most, the last one about now. */
  InputPlan longestPlan(Clock clock) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return InputPlan.lasting(now, clicksPerSecond, duration.plus(EXTENSION));
  }

  /** How a value is written on the command line. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
