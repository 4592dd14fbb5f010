package dev.weir.benchmarks.work;

/**
 * Times as {@code dd-MM-yyyy HH:mm:ss:SSS}, UTC, as in Flink's operations playground [1]. Pure.
 *
 * <p>Days are counted as in [2].
 *
 * <p>[1] apache/flink-playgrounds, operations-playground, ClickEvent. [2] Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", days_from_civil and civil_from_days.
 */
final class ClickTime {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int DAYS_TO_EPOCH = 719_468;
  private static final int DAYS_PER_ERA = 146_097;

  private ClickTime() {}

  static long parse(byte[] text, int at) {
    int day = digits(text, at, 2);
    int month = digits(text, at + 3, 2);
    int year = digits(text, at + 6, 4) - (month <= 2 ? 1 : 0);
    long seconds = (digits(text, at + 11, 2) * 60L + digits(text, at + 14, 2)) * 60;
    int era = year / 400;
    int yearOfEra = year - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    long days = era * (long) DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
    return days * MILLIS_PER_DAY
        + (seconds + digits(text, at + 17, 2)) * 1000
        + digits(text, at + 20, 3);
  }

  private static int digits(byte[] text, int at, int length) {
    int value = 0;
    for (int i = at; i < at + length; i++) {
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }

  static void write(StringBuilder to, long time) {
    long millis = Math.floorMod(time, MILLIS_PER_DAY);
    long shifted = Math.floorDiv(time, MILLIS_PER_DAY) + DAYS_TO_EPOCH;
    long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
    long dayOfEra = shifted - era * DAYS_PER_ERA;
    long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shiftedMonth = (5 * dayOfYear + 2) / 153;
    long month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
    padded(to, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 10).append('-');
    padded(to, month, 10).append('-');
    padded(to, yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 1000).append(' ');
    padded(to, millis / 3_600_000, 10).append(':');
    padded(to, millis / 60_000 % 60, 10).append(':');
    padded(to, millis / 1000 % 60, 10).append(':');
    padded(to, millis % 1000, 100);
  }

  private static StringBuilder padded(StringBuilder to, long value, int greatestUnit) {
    for (int unit = greatestUnit; unit > 0; unit /= 10) {
      to.append((char) ('0' + value / unit % 10));
    }
    return to;
  }
}
