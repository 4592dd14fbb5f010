package dev.weir.serde.ordered;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The types of a fixed number of bytes. Signed numbers are written with the sign bit flipped, so
 * that negative ones come first. The bytes are the same for ever.
 */
final class OrderedScalars {
  private static final Map<Class<?>, OrderedScalar<?>> BY_TYPE =
      Stream.of(
              scalar(Boolean.class, "boolean", (v, out) -> out.writeBoolean(v), in -> readFlag(in)),
              scalar(
                  Byte.class,
                  "byte",
                  (v, out) -> out.writeByte(v ^ Byte.MIN_VALUE),
                  in -> (byte) (in.readByte() ^ Byte.MIN_VALUE)),
              scalar(
                  Short.class,
                  "short",
                  (v, out) -> out.writeShort(v ^ Short.MIN_VALUE),
                  in -> (short) (in.readShort() ^ Short.MIN_VALUE)),
              scalar(Character.class, "char", (v, out) -> out.writeChar(v), DataInput::readChar),
              scalar(Integer.class, "int", (v, out) -> writeInt(v, out), OrderedScalars::readInt),
              scalar(Long.class, "long", (v, out) -> writeLong(v, out), OrderedScalars::readLong),
              scalar(
                  Float.class,
                  "float",
                  (v, out) -> writeInt(folded(Float.floatToIntBits(v)), out),
                  in -> Float.intBitsToFloat(folded(readInt(in)))),
              scalar(
                  Double.class,
                  "double",
                  (v, out) -> writeLong(folded(Double.doubleToLongBits(v)), out),
                  in -> Double.longBitsToDouble(folded(readLong(in)))),
              scalar(UUID.class, "uuid", OrderedScalars::writeUuid, OrderedScalars::readUuid),
              scalar(
                  Instant.class,
                  "instant",
                  (v, out) -> writeTime(v.getEpochSecond(), v.getNano(), out),
                  in -> Instant.ofEpochSecond(readLong(in), in.readInt())),
              scalar(
                  Duration.class,
                  "duration",
                  (v, out) -> writeTime(v.getSeconds(), v.getNano(), out),
                  in -> Duration.ofSeconds(readLong(in), in.readInt())),
              scalar(
                  LocalDate.class,
                  "date",
                  (v, out) -> writeLong(v.toEpochDay(), out),
                  in -> LocalDate.ofEpochDay(readLong(in))),
              scalar(
                  LocalTime.class,
                  "time",
                  (v, out) -> writeLong(v.toNanoOfDay(), out),
                  in -> LocalTime.ofNanoOfDay(readLong(in))),
              scalar(
                  LocalDateTime.class,
                  "datetime",
                  OrderedScalars::writeDateTime,
                  OrderedScalars::readDateTime))
          .collect(Collectors.toUnmodifiableMap(OrderedScalar::type, Function.identity()));

  private OrderedScalars() {}

  static Optional<OrderedScalar<?>> of(Class<?> boxed) {
    return Optional.ofNullable(BY_TYPE.get(boxed));
  }

  private static <T> OrderedScalar<T> scalar(
      Class<T> type, String name, OrderedScalar.Writer<T> writer, OrderedScalar.Reader<T> reader) {
    return new OrderedScalar<>(type, OrderedSerializer.schemaOf(name), writer, reader);
  }

  private static boolean readFlag(DataInput in) throws IOException {
    byte value = in.readByte();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("byte " + value);
    }
    return value == 1;
  }

  private static void writeInt(int value, DataOutput out) throws IOException {
    out.writeInt(value ^ Integer.MIN_VALUE);
  }

  private static int readInt(DataInput in) throws IOException {
    return in.readInt() ^ Integer.MIN_VALUE;
  }

  private static void writeLong(long value, DataOutput out) throws IOException {
    out.writeLong(value ^ Long.MIN_VALUE);
  }

  private static long readLong(DataInput in) throws IOException {
    return in.readLong() ^ Long.MIN_VALUE;
  }

  /** Turns the magnitude of negative floating-point bits round; its own inverse. */
  private static int folded(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private static long folded(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  private static void writeUuid(UUID value, DataOutput out) throws IOException {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  private static UUID readUuid(DataInput in) throws IOException {
    long high = in.readLong();
    return new UUID(high, in.readLong());
  }

  private static void writeTime(long seconds, int nanos, DataOutput out) throws IOException {
    writeLong(seconds, out);
    out.writeInt(nanos);
  }

  private static void writeDateTime(LocalDateTime value, DataOutput out) throws IOException {
    writeLong(value.toLocalDate().toEpochDay(), out);
    writeLong(value.toLocalTime().toNanoOfDay(), out);
  }

  private static LocalDateTime readDateTime(DataInput in) throws IOException {
    LocalDate date = LocalDate.ofEpochDay(readLong(in));
    return LocalDateTime.of(date, LocalTime.ofNanoOfDay(readLong(in)));
  }
}
