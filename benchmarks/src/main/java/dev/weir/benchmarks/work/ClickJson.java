package dev.weir.benchmarks.work;

import java.nio.charset.StandardCharsets;

/** Clicks and counts as JSON. Pure. */
public final class ClickJson {
  private ClickJson() {}

  /** Scans one flat object of strings; knows "timestamp" and "page", skips others. */
  public static Click parse(byte[] json) {
    return parse(json, 0, json.length);
  }

  /** The same of a part of an array. */
  public static Click parse(byte[] json, int from, int to) {
    Marks.seen();
    long time = Long.MIN_VALUE;
    String page = null;
    int name = quote(json, from, to);
    while (name < to) {
      int nameEnd = quote(json, name + 1, to);
      int value = quote(json, nameEnd + 1, to) + 1;
      int valueEnd = quote(json, value, to);
      if (json[name + 1] == 't' && nameEnd - name == 10) {
        time = ClickTime.parse(json, value);
      } else if (json[name + 1] == 'p' && nameEnd - name == 5) {
        page = new String(json, value, valueEnd - value, StandardCharsets.UTF_8);
      }
      name = quote(json, valueEnd + 1, to);
    }
    if (time == Long.MIN_VALUE || page == null) {
      throw new IllegalArgumentException("A click needs timestamp and page.");
    }
    return new Click(time, page);
  }

  private static int quote(byte[] json, int from, int to) {
    int at = from;
    while (at < to && json[at] != '"') {
      at++;
    }
    return at;
  }

  /** A click as the input topic has it. */
  public static byte[] click(long time, String page) {
    StringBuilder json = new StringBuilder(64).append("{\"timestamp\":\"");
    ClickTime.write(json, time);
    json.append("\",\"page\":\"").append(page).append("\"}");
    return json.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A count as the output topic shall have it. */
  public static byte[] count(long windowStart, String page, long count) {
    return (labelOf(windowStart, page) + count + '}').getBytes(StandardCharsets.UTF_8);
  }

  /** What stands before the count. */
  public static String labelOf(long windowStart, String page) {
    StringBuilder json = new StringBuilder(128).append("{\"windowStart\":\"");
    ClickTime.write(json, windowStart);
    json.append("\",\"windowEnd\":\"");
    ClickTime.write(json, windowStart + ClickPlan.WINDOW_MILLIS);
    return json.append("\",\"page\":\"").append(page).append("\",\"count\":").toString();
  }
}
