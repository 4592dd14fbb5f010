package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.LedgerTiming;
import dev.weir.error.InvalidConfigException;
import java.util.Optional;

/** Decides how long a transaction may stay open. Pure. */
final class TransactionTiming {
  private static final long LEAST_MILLIS = 10_000;

  /** Kafka's default for the broker's limit. */
  private static final long USUAL_MAX_MILLIS = 900_000;

  private TransactionTiming() {}

  /**
   * The producers' {@code transaction.timeout.ms}: the user's, or twice what a checkpoint may take,
   * within the broker's limit. Without periodic checkpoints it is the broker's limit, and that is
   * how long the job may run.
   *
   * @param given the user's setting
   * @param brokerMaxMillis the broker's {@code transaction.max.timeout.ms}, if it told
   * @throws InvalidConfigException if it cannot hold a checkpoint's output long enough
   */
  static long timeoutMillis(
      LedgerTiming timing, Optional<Object> given, Optional<Long> brokerMaxMillis) {
    if (timing.checkpointInterval().isEmpty()) {
      return given.map(TransactionTiming::parsed).orElse(brokerMaxMillis.orElse(USUAL_MAX_MILLIS));
    }
    long interval = timing.checkpointInterval().get().toMillis();
    long timeout = timing.checkpointTimeout().toMillis();
    long needed = interval + timeout;
    long max = brokerMaxMillis.orElse(Long.MAX_VALUE);
    long chosen =
        given
            .map(TransactionTiming::parsed)
            .orElseGet(() -> Math.min(Math.max(LEAST_MILLIS, 2 * needed), Math.max(needed, max)));
    String sum =
        "A checkpoint's output is held open for up to checkpoint.interval.ms + checkpoint.timeout.ms = "
            + interval
            + " + "
            + timeout
            + " = "
            + needed
            + " ms, but ";
    if (needed > max) {
      throw new InvalidConfigException(
          sum
              + "the broker's transaction.max.timeout.ms is "
              + max
              + ". Lower one of the two, or raise the broker's limit.");
    }
    if (chosen < needed) {
      throw new InvalidConfigException(
          sum
              + "transaction.timeout.ms is "
              + chosen
              + ". Raise it, or leave it out to have it derived.");
    }
    if (chosen > max) {
      throw new InvalidConfigException(
          "The sink's transaction.timeout.ms is "
              + chosen
              + ", but the broker's transaction.max.timeout.ms is "
              + max
              + ". Lower it, or leave it out to have it derived.");
    }
    return chosen;
  }

  private static long parsed(Object given) {
    try {
      return Long.parseLong(String.valueOf(given).trim());
    } catch (NumberFormatException e) {
      throw new InvalidConfigException(
          "The sink's transaction.timeout.ms must be a number of milliseconds, got '"
              + given
              + "'. Correct it, or leave it out to have it derived.",
          e);
    }
  }
}
