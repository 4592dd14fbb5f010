package dev.weir.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one run has shown: names and values, and whether the output was right. One thread's. */
public final class Outcome {
  private static final double PRECISION = 1000;

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets a text. */
  void text(String name, String value) {
    values.put(name, value);
  }

  /** Sets a number. */
  void number(String name, long value) {
    values.put(name, value);
  }

  /** Sets a number that is worth three places. */
  void number(String name, double value) {
    values.put(name, Math.round(value * PRECISION) / PRECISION);
  }

  /** Says that the run does not count. */
  void isVoid(String problem) {
    values.put("ok", false);
    values.put("problem", problem);
  }

  /** Everything, in the order it was set. */
  public Map<String, Object> values() {
    values.putIfAbsent("ok", true);
    return values;
  }
}
