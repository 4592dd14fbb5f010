package dev.weir.serde;

import dev.weir.schema.Schema.Basic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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

/** The bytes of {@code java.time}. Stateless. */
final class Times {
  private Times() {}

  static void writeOffset(ZoneOffset value, DataOutput out) throws IOException {
    out.writeInt(value.getTotalSeconds());
  }

  static ZoneOffset readOffset(DataInput in) throws IOException {
    return ZoneOffset.ofTotalSeconds(in.readInt());
  }

  static void writeOffsetTime(OffsetTime value, DataOutput out) throws IOException {
    writeTime(value.toLocalTime(), out);
    writeOffset(value.getOffset(), out);
  }

  static OffsetTime readOffsetTime(DataInput in) throws IOException {
    LocalTime time = readTime(in);
    return OffsetTime.of(time, readOffset(in));
  }

  static void writePeriod(Period value, DataOutput out) throws IOException {
    out.writeInt(value.getYears());
    out.writeInt(value.getMonths());
    out.writeInt(value.getDays());
  }

  static Period readPeriod(DataInput in) throws IOException {
    int years = in.readInt();
    int months = in.readInt();
    return Period.of(years, months, in.readInt());
  }

  static void writeYearMonth(YearMonth value, DataOutput out) throws IOException {
    out.writeInt(value.getYear());
    out.writeInt(value.getMonthValue());
  }

  static YearMonth readYearMonth(DataInput in) throws IOException {
    int year = in.readInt();
    return YearMonth.of(year, in.readInt());
  }

  static void writeMonthDay(MonthDay value, DataOutput out) throws IOException {
    out.writeByte(value.getMonthValue());
    out.writeByte(value.getDayOfMonth());
  }

  static MonthDay readMonthDay(DataInput in) throws IOException {
    byte month = in.readByte();
    return MonthDay.of(month, in.readByte());
  }

  static void writeInstant(Instant value, DataOutput out) throws IOException {
    out.writeLong(value.getEpochSecond());
    out.writeInt(value.getNano());
  }

  static Instant readInstant(DataInput in) throws IOException {
    long seconds = in.readLong();
    return Instant.ofEpochSecond(seconds, in.readInt());
  }

  static void writeDuration(Duration value, DataOutput out) throws IOException {
    out.writeLong(value.getSeconds());
    out.writeInt(value.getNano());
  }

  static Duration readDuration(DataInput in) throws IOException {
    long seconds = in.readLong();
    return Duration.ofSeconds(seconds, in.readInt());
  }

  static void writeDate(LocalDate value, DataOutput out) throws IOException {
    out.writeLong(value.toEpochDay());
  }

  static LocalDate readDate(DataInput in) throws IOException {
    return LocalDate.ofEpochDay(in.readLong());
  }

  static void writeTime(LocalTime value, DataOutput out) throws IOException {
    out.writeLong(value.toNanoOfDay());
  }

  static LocalTime readTime(DataInput in) throws IOException {
    return LocalTime.ofNanoOfDay(in.readLong());
  }

  static void writeDateTime(LocalDateTime value, DataOutput out) throws IOException {
    writeDate(value.toLocalDate(), out);
    writeTime(value.toLocalTime(), out);
  }

  static LocalDateTime readDateTime(DataInput in) throws IOException {
    LocalDate date = readDate(in);
    return LocalDateTime.of(date, readTime(in));
  }

  static void writeOffsetDateTime(OffsetDateTime value, DataOutput out) throws IOException {
    writeDateTime(value.toLocalDateTime(), out);
    writeOffset(value.getOffset(), out);
  }

  static OffsetDateTime readOffsetDateTime(DataInput in) throws IOException {
    LocalDateTime time = readDateTime(in);
    return OffsetDateTime.of(time, readOffset(in));
  }

  static void writeZonedDateTime(ZonedDateTime value, DataOutput out) throws IOException {
    writeOffsetDateTime(value.toOffsetDateTime(), out);
    StringEncoding.write(value.getZone().getId(), out);
  }

  static ZonedDateTime readZonedDateTime(DataInput in) throws IOException {
    OffsetDateTime time = readOffsetDateTime(in);
    ZoneId zone = ZoneId.of(StringEncoding.read(in));
    return ZonedDateTime.ofInstant(time.toLocalDateTime(), time.getOffset(), zone);
  }

  /** The value that a text stands for. */
  static Object parsed(String text, Basic type) {
    return switch (type) {
      case INSTANT -> Instant.parse(text);
      case DURATION -> Duration.parse(text);
      case PERIOD -> Period.parse(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case DATETIME -> LocalDateTime.parse(text);
      case OFFSET_TIME -> OffsetTime.parse(text);
      case OFFSET_DATETIME -> OffsetDateTime.parse(text);
      case ZONED_DATETIME -> ZonedDateTime.parse(text);
      case YEAR -> Year.parse(text);
      case YEAR_MONTH -> YearMonth.parse(text);
      case MONTH_DAY -> MonthDay.parse(text);
      case ZONE -> ZoneId.of(text);
      case OFFSET -> ZoneOffset.of(text);
      default -> throw new IllegalArgumentException("values of this type have no text");
    };
  }
}
