package dev.weir.serde;

import dev.weir.schema.Schema;
import dev.weir.schema.Schema.Basic;
import dev.weir.schema.ValueReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which values can be read as wider ones without losing a digit. So not int as float, and not long
 * as double. Pure.
 */
final class Widening {
  private static final Map<Basic, Set<Basic>> WIDER =
      Map.of(
          Basic.BYTE,
          EnumSet.of(
              Basic.SHORT,
              Basic.INT,
              Basic.LONG,
              Basic.FLOAT,
              Basic.DOUBLE,
              Basic.INTEGER,
              Basic.DECIMAL),
          Basic.SHORT,
          EnumSet.of(
              Basic.INT, Basic.LONG, Basic.FLOAT, Basic.DOUBLE, Basic.INTEGER, Basic.DECIMAL),
          Basic.INT,
          EnumSet.of(Basic.LONG, Basic.DOUBLE, Basic.INTEGER, Basic.DECIMAL),
          Basic.LONG,
          EnumSet.of(Basic.INTEGER, Basic.DECIMAL),
          Basic.FLOAT,
          EnumSet.of(Basic.DOUBLE),
          Basic.INTEGER,
          EnumSet.of(Basic.DECIMAL),
          Basic.CHAR,
          EnumSet.of(Basic.STRING));

  private Widening() {}

  /** Reads the narrow and gives the wide. */
  static Optional<ValueReader<?>> between(Schema written, Basic declared) {
    if (declared == Basic.STRING && written instanceof Schema.EnumOf) {
      return Optional.of(StringEncoding::read);
    }
    if (!(written instanceof Basic narrow)
        || !WIDER.getOrDefault(narrow, Set.of()).contains(declared)) {
      return Optional.empty();
    }
    return Scalars.of(narrow).map(reader -> in -> wide(reader.deserialize(in), declared));
  }

  static String advice(Basic declared) {
    String fitting =
        WIDER.entrySet().stream()
            .filter(entry -> entry.getValue().contains(declared))
            .map(entry -> entry.getKey().text())
            .sorted()
            .collect(Collectors.joining(", "));
    return "keep the type, or add the new one under another name"
        + (fitting.isEmpty() ? "" : " (" + declared + " can be read from " + fitting + ")");
  }

  private static Object wide(Object narrow, Basic declared) {
    return switch (declared) {
      case SHORT -> ((Number) narrow).shortValue();
      case INT -> ((Number) narrow).intValue();
      case LONG -> ((Number) narrow).longValue();
      case FLOAT -> ((Number) narrow).floatValue();
      case DOUBLE -> ((Number) narrow).doubleValue();
      case INTEGER -> BigInteger.valueOf(((Number) narrow).longValue());
      case DECIMAL ->
          narrow instanceof BigInteger integer
              ? new BigDecimal(integer)
              : BigDecimal.valueOf(((Number) narrow).longValue());
      case STRING -> narrow.toString();
      default -> throw new IllegalArgumentException("Nothing widens to " + declared);
    };
  }
}
