package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The built-in types without parts. Their bytes are the same for ever: golden files hold them. */
final class Scalars {
  private static final Map<Class<?>, ScalarSerializer<?>> BY_TYPE =
      Stream.of(
              scalar(
                  Boolean.class, "boolean", (v, out) -> out.writeBoolean(v), Scalars::readBoolean),
              scalar(Byte.class, "byte", (v, out) -> out.writeByte(v), DataInput::readByte),
              scalar(Short.class, "short", (v, out) -> out.writeShort(v), DataInput::readShort),
              scalar(Character.class, "char", (v, out) -> out.writeChar(v), DataInput::readChar),
              scalar(Integer.class, "int", (v, out) -> out.writeInt(v), DataInput::readInt),
              scalar(Long.class, "long", (v, out) -> out.writeLong(v), DataInput::readLong),
              scalar(Float.class, "float", Scalars::writeFloat, DataInput::readFloat),
              scalar(Double.class, "double", Scalars::writeDouble, DataInput::readDouble),
              scalar(String.class, "string", StringEncoding::write, StringEncoding::read),
              scalar(BigInteger.class, "integer", Scalars::writeInteger, Scalars::readInteger),
              scalar(BigDecimal.class, "decimal", Scalars::writeDecimal, Scalars::readDecimal),
              scalar(UUID.class, "uuid", Scalars::writeUuid, Scalars::readUuid),
              scalar(Instant.class, "instant", Scalars::writeInstant, Scalars::readInstant),
              scalar(Duration.class, "duration", Scalars::writeDuration, Scalars::readDuration),
              scalar(LocalDate.class, "date", Scalars::writeDate, Scalars::readDate),
              scalar(LocalTime.class, "time", Scalars::writeTime, Scalars::readTime),
              scalar(
                  LocalDateTime.class, "datetime", Scalars::writeDateTime, Scalars::readDateTime),
              scalar(
                  OffsetDateTime.class,
                  "offset-datetime",
                  Scalars::writeOffset,
                  Scalars::readOffset),
              scalar(
                  ZonedDateTime.class, "zoned-datetime", Scalars::writeZoned, Scalars::readZoned))
          .collect(Collectors.toUnmodifiableMap(ScalarSerializer::type, Function.identity()));

  private Scalars() {}

  /** The serializer of a type or of the boxed form of a primitive. */
  static Optional<TypeSerializer<?>> of(Class<?> type) {
    return Optional.ofNullable(BY_TYPE.get(MethodType.methodType(type).wrap().returnType()));
  }

  private static <T> ScalarSerializer<T> scalar(
      Class<T> type,
      String schema,
      ScalarSerializer.Writer<T> writer,
      ScalarSerializer.Reader<T> reader) {
    return new ScalarSerializer<>(type, schema, writer, reader);
  }

  private static Boolean readBoolean(DataInput in) throws IOException {
    byte value = in.readByte();
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException("byte " + value);
    }
    return value == 1;
  }

  private static void writeFloat(Float value, DataOutput out) throws IOException {
    out.writeInt(Float.floatToIntBits(value));
  }

  private static void writeDouble(Double value, DataOutput out) throws IOException {
    out.writeLong(Double.doubleToLongBits(value));
  }

  private static void writeInteger(BigInteger value, DataOutput out) throws IOException {
    VarInt.writeBytes(value.toByteArray(), out);
  }

  private static BigInteger readInteger(DataInput in) throws IOException {
    return new BigInteger(VarInt.readBytes(in));
  }

  private static void writeDecimal(BigDecimal value, DataOutput out) throws IOException {
    out.writeInt(value.scale());
    writeInteger(value.unscaledValue(), out);
  }

  private static BigDecimal readDecimal(DataInput in) throws IOException {
    int scale = in.readInt();
    return new BigDecimal(readInteger(in), scale);
  }

  private static void writeUuid(UUID value, DataOutput out) throws IOException {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  private static UUID readUuid(DataInput in) throws IOException {
    long high = in.readLong();
    return new UUID(high, in.readLong());
  }

  private static void writeInstant(Instant value, DataOutput out) throws IOException {
    out.writeLong(value.getEpochSecond());
    out.writeInt(value.getNano());
  }

  private static Instant readInstant(DataInput in) throws IOException {
    long seconds = in.readLong();
    return Instant.ofEpochSecond(seconds, in.readInt());
  }

  private static void writeDuration(Duration value, DataOutput out) throws IOException {
    out.writeLong(value.getSeconds());
    out.writeInt(value.getNano());
  }

  private static Duration readDuration(DataInput in) throws IOException {
    long seconds = in.readLong();
    return Duration.ofSeconds(seconds, in.readInt());
  }

  private static void writeDate(LocalDate value, DataOutput out) throws IOException {
    out.writeLong(value.toEpochDay());
  }

  private static LocalDate readDate(DataInput in) throws IOException {
    return LocalDate.ofEpochDay(in.readLong());
  }

  private static void writeTime(LocalTime value, DataOutput out) throws IOException {
    out.writeLong(value.toNanoOfDay());
  }

  private static LocalTime readTime(DataInput in) throws IOException {
    return LocalTime.ofNanoOfDay(in.readLong());
  }

  private static void writeDateTime(LocalDateTime value, DataOutput out) throws IOException {
    writeDate(value.toLocalDate(), out);
    writeTime(value.toLocalTime(), out);
  }

  private static LocalDateTime readDateTime(DataInput in) throws IOException {
    LocalDate date = readDate(in);
    return LocalDateTime.of(date, readTime(in));
  }

  private static void writeOffset(OffsetDateTime value, DataOutput out) throws IOException {
    writeDateTime(value.toLocalDateTime(), out);
    out.writeInt(value.getOffset().getTotalSeconds());
  }

  private static OffsetDateTime readOffset(DataInput in) throws IOException {
    LocalDateTime time = readDateTime(in);
    return OffsetDateTime.of(time, ZoneOffset.ofTotalSeconds(in.readInt()));
  }

  private static void writeZoned(ZonedDateTime value, DataOutput out) throws IOException {
    writeOffset(value.toOffsetDateTime(), out);
    StringEncoding.write(value.getZone().getId(), out);
  }

  private static ZonedDateTime readZoned(DataInput in) throws IOException {
    OffsetDateTime time = readOffset(in);
    ZoneId zone = ZoneId.of(StringEncoding.read(in));
    return ZonedDateTime.ofInstant(time.toLocalDateTime(), time.getOffset(), zone);
  }
}
