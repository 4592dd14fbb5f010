package dev.weir.sample.clickcount.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long something took, each time. Pure; confined to one thread. */
final class Timings {
  private final List<Duration> sorted = new ArrayList<>();

  void add(Duration took) {
    sorted.add(took);
    sorted.sort(Duration::compareTo);
  }

  /** Least, median and greatest in one line. */
  String summary() {
    if (sorted.isEmpty()) {
      return "none measured";
    }
    return "min "
        + seconds(sorted.get(0))
        + ", median "
        + seconds(sorted.get(sorted.size() / 2))
        + ", max "
        + seconds(sorted.get(sorted.size() - 1));
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }

  /** Minutes and seconds, as on a clock. */
  static String clock(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }
}
