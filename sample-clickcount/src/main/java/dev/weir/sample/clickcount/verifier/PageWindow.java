package dev.weir.sample.clickcount.verifier;

import java.time.Instant;
import java.util.Comparator;

/** Where exactly one count belongs. Immutable. */
record PageWindow(String page, Instant start) implements Comparable<PageWindow> {
  private static final Comparator<PageWindow> ORDER =
      Comparator.comparing(PageWindow::start).thenComparing(PageWindow::page);

  @Override
  public int compareTo(PageWindow other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return page + " in window " + start;
  }
}
