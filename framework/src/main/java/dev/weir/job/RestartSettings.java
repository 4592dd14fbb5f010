package dev.weir.job;

import dev.weir.error.InvalidConfigException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A restart strategy that is given as text, key by key in any order. Each kind takes its own keys,
 * and must be given those that have no default. Not thread-safe.
 */
final class RestartSettings {
  private static final long DEFAULT_DELAY_MILLIS = 1_000;
  private static final long DEFAULT_MAX_DELAY_MILLIS = 30_000;

  private Optional<Kind> kind = Optional.empty();
  private final Map<Amount, Long> numbers = new EnumMap<>(Amount.class);

  /** The amounts that strategies take. */
  enum Amount {
    DELAY("restart.delay.ms"),
    MAX("restart.max"),
    INTERVAL("restart.interval.ms"),
    MAX_DELAY("restart.max.delay.ms"),
    RESET_AFTER("restart.reset.after.ms");

    private final String key;

    Amount(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /** The kinds of strategies, with the keys that each takes. */
  enum Kind {
    NONE(List.of()),
    FIXED_DELAY(List.of(Amount.DELAY, Amount.MAX)),
    EXPONENTIAL_DELAY(List.of(Amount.DELAY, Amount.MAX_DELAY, Amount.RESET_AFTER)),
    FAILURE_RATE(List.of(Amount.DELAY, Amount.MAX, Amount.INTERVAL));

    private final List<Amount> keys;

    Kind(List<Amount> keys) {
      this.keys = keys;
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  void kind(Kind given) {
    kind = Optional.of(given);
  }

  void number(Amount key, long value) {
    numbers.put(key, value);
  }

  /** Another strategy is given in code, which is what counts. */
  void clear() {
    kind = Optional.empty();
    numbers.clear();
  }

  /**
   * The strategy; empty if none is given as text.
   *
   * @throws InvalidConfigException if a key is missing, or is not one of the strategy's
   */
  Optional<RestartStrategy> strategy() {
    if (kind.isEmpty() && !numbers.isEmpty()) {
      throw new InvalidConfigException(
          "Setting "
              + numbers.keySet().iterator().next().key()
              + " needs "
              + ConfigKey.RESTART_STRATEGY.key()
              + ", which says what it is for. Set both, or neither.");
    }
    return kind.map(this::strategy);
  }

  private RestartStrategy strategy(Kind of) {
    numbers.keySet().stream()
        .filter(key -> !of.keys.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new InvalidConfigException(
                  "Setting "
                      + key.key()
                      + " is none of restart strategy "
                      + of.text()
                      + ", which takes "
                      + of.keys.stream().map(Amount::key).toList()
                      + ". Leave it out, or choose another strategy.");
            });
    try {
      return switch (of) {
        case NONE -> RestartStrategy.none();
        case FIXED_DELAY -> RestartStrategy.fixedDelay(delay(), Math.toIntExact(max(of)));
        case EXPONENTIAL_DELAY -> exponential();
        case FAILURE_RATE ->
            RestartStrategy.failureRate(
                Math.toIntExact(max(of)),
                Duration.ofMillis(required(Amount.INTERVAL, of)),
                delay());
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidConfigException(
          "Restart strategy "
              + of.text()
              + " was given a number out of its bounds: "
              + e.getMessage()
              + ". Correct it.",
          e);
    }
  }

  private RestartStrategy exponential() {
    Duration max = millis(Amount.MAX_DELAY, DEFAULT_MAX_DELAY_MILLIS);
    Duration resetAfter = millis(Amount.RESET_AFTER, max.toMillis() * 10);
    return new RestartStrategy.ExponentialDelay(delay(), max, resetAfter);
  }

  private Duration delay() {
    return millis(Amount.DELAY, DEFAULT_DELAY_MILLIS);
  }

  private Duration millis(Amount key, long otherwise) {
    return Duration.ofMillis(numbers.getOrDefault(key, otherwise));
  }

  private long max(Kind of) {
    return required(Amount.MAX, of);
  }

  private long required(Amount key, Kind of) {
    return Optional.ofNullable(numbers.get(key))
        .orElseThrow(
            () ->
                new InvalidConfigException(
                    "Restart strategy "
                        + of.text()
                        + " needs setting "
                        + key.key()
                        + ", found none. Set it."));
  }
}
