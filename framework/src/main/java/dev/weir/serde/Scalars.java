package dev.weir.serde;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.weir.schema.Schema;
import dev.weir.schema.Schema.Basic;
import dev.weir.schema.ValueReader;
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
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The built-in types without parts. Their bytes are the same for ever: golden files hold them. */
final class Scalars {
  private static final List<ScalarSerializer<?>> ALL =
      List.of(
          scalar(
              Boolean.class, Basic.BOOLEAN, (v, out) -> out.writeBoolean(v), Scalars::readBoolean),
          scalar(Byte.class, Basic.BYTE, (v, out) -> out.writeByte(v), DataInput::readByte),
          scalar(Short.class, Basic.SHORT, (v, out) -> out.writeShort(v), DataInput::readShort),
          scalar(Character.class, Basic.CHAR, (v, out) -> out.writeChar(v), DataInput::readChar),
          scalar(Integer.class, Basic.INT, (v, out) -> out.writeInt(v), DataInput::readInt),
          scalar(Long.class, Basic.LONG, (v, out) -> out.writeLong(v), DataInput::readLong),
          scalar(Float.class, Basic.FLOAT, Scalars::writeFloat, DataInput::readFloat),
          scalar(Double.class, Basic.DOUBLE, Scalars::writeDouble, DataInput::readDouble),
          scalar(String.class, Basic.STRING, StringEncoding::write, StringEncoding::read),
          scalar(BigInteger.class, Basic.INTEGER, Scalars::writeInteger, Scalars::readInteger),
          scalar(BigDecimal.class, Basic.DECIMAL, Scalars::writeDecimal, Scalars::readDecimal),
          scalar(UUID.class, Basic.UUID, Scalars::writeUuid, Scalars::readUuid),
          scalar(Instant.class, Basic.INSTANT, Times::writeInstant, Times::readInstant),
          scalar(Duration.class, Basic.DURATION, Times::writeDuration, Times::readDuration),
          scalar(Period.class, Basic.PERIOD, Times::writePeriod, Times::readPeriod),
          scalar(LocalDate.class, Basic.DATE, Times::writeDate, Times::readDate),
          scalar(LocalTime.class, Basic.TIME, Times::writeTime, Times::readTime),
          scalar(LocalDateTime.class, Basic.DATETIME, Times::writeDateTime, Times::readDateTime),
          scalar(
              OffsetTime.class, Basic.OFFSET_TIME, Times::writeOffsetTime, Times::readOffsetTime),
          scalar(
              OffsetDateTime.class,
              Basic.OFFSET_DATETIME,
              Times::writeOffsetDateTime,
              Times::readOffsetDateTime),
          scalar(
              ZonedDateTime.class,
              Basic.ZONED_DATETIME,
              Times::writeZonedDateTime,
              Times::readZonedDateTime),
          scalar(
              Year.class,
              Basic.YEAR,
              (v, out) -> out.writeInt(v.getValue()),
              in -> Year.of(in.readInt())),
          scalar(YearMonth.class, Basic.YEAR_MONTH, Times::writeYearMonth, Times::readYearMonth),
          scalar(MonthDay.class, Basic.MONTH_DAY, Times::writeMonthDay, Times::readMonthDay),
          scalar(
              ZoneId.class,
              Basic.ZONE,
              (v, out) -> StringEncoding.write(v.getId(), out),
              in -> ZoneId.of(StringEncoding.read(in))),
          scalar(ZoneOffset.class, Basic.OFFSET, Times::writeOffset, Times::readOffset));
  private static final Map<Class<?>, ScalarSerializer<?>> BY_TYPE =
      ALL.stream().collect(toUnmodifiableMap(ScalarSerializer::type, Function.identity()));
  private static final Map<Schema, ScalarSerializer<?>> BY_SCHEMA =
      ALL.stream().collect(toUnmodifiableMap(ScalarSerializer::schema, Function.identity()));

  private Scalars() {}

  /** The serializer of a type or of the boxed form of a primitive. */
  static Optional<TypeSerializer<?>> of(Class<?> type) {
    return Optional.ofNullable(BY_TYPE.get(MethodType.methodType(type).wrap().returnType()));
  }

  /** The serializer that writes a schema's values. */
  static Optional<TypeSerializer<?>> of(Schema schema) {
    return Optional.ofNullable(BY_SCHEMA.get(schema));
  }

  private static <T> ScalarSerializer<T> scalar(
      Class<T> type, Basic schema, ScalarSerializer.Writer<T> writer, ValueReader<T> reader) {
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
}
