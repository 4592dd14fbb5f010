package dev.weir.sample.clickcount;

import java.time.Duration;
import java.util.List;

/** What everyone agrees on: which pages there are, and how many clicks each gets in a window. */
public final class Clicks {
  /** The pages of the site. */
  public static final List<String> PAGES =
      List.of("/help", "/index", "/shop", "/jobs", "/about", "/news");

  /** Length of a window in event time. */
  public static final Duration WINDOW = Duration.ofSeconds(15);

  /** Clicks on each page in each window, exactly. */
  public static final int PER_PAGE = 1000;

  /** Clicks on all pages in each window, exactly. */
  public static final int PER_WINDOW = PER_PAGE * PAGES.size();

  /** How much older than the newest a click may be and still count. */
  public static final Duration OUT_OF_ORDERNESS = Duration.ofMillis(200);

  private Clicks() {}
}
