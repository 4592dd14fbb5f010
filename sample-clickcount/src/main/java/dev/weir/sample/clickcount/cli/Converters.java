package dev.weir.sample.clickcount.cli;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.job.StateBackend;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How option values are written. Stateless. */
final class Converters {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

  private Converters() {}

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(value -> word(value)).toList();
    int index = words.indexOf(text.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", words));
    }
    return type.getEnumConstants()[index];
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code exactly-once}, {@code at-least-once} or {@code none}. */
  static final class Guarantee implements ITypeConverter<DeliveryGuarantee> {
    @Override
    public DeliveryGuarantee convert(String text) {
      return word(DeliveryGuarantee.class, text);
    }
  }

  /** {@code heap} or {@code rocksdb}. */
  static final class State implements ITypeConverter<StateBackend> {
    @Override
    public StateBackend convert(String text) {
      return word(StateBackend.class, text);
    }
  }

  /** A number and {@code ms}, {@code s} or {@code m}. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Matcher matcher = DURATION.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is no duration; write a number and ms, s or m, such as 500ms");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }

  /** ISO-8601 in UTC. */
  static final class Moment implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no moment; write it as 2026-01-01T00:00:00Z");
      }
    }
  }
}
