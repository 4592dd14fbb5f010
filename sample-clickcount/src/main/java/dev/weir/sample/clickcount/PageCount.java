package dev.weir.sample.clickcount;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weir.time.TimeWindow;
import java.time.Instant;
import java.util.Objects;

/**
 * How often a page was clicked in a window. In JSON the times are ISO-8601.
 *
 * @param page which page
 * @param windowStart first moment of the window
 * @param windowEnd first moment after the window
 * @param count the clicks
 */
public record PageCount(
    @JsonProperty(required = true) String page,
    @JsonProperty(required = true) Instant windowStart,
    @JsonProperty(required = true) Instant windowEnd,
    @JsonProperty(required = true) long count) {
  /** Checks that nothing is missing. */
  public PageCount {
    Objects.requireNonNull(page, "a count needs a page");
    Objects.requireNonNull(windowStart, "a count needs a windowStart");
    Objects.requireNonNull(windowEnd, "a count needs a windowEnd");
  }

  /**
   * Makes the count that a closed window emits.
   *
   * @param page the window's key
   * @param window the window
   * @param count the clicks in it
   * @return the count
   */
  public static PageCount of(String page, TimeWindow window, long count) {
    return new PageCount(
        page, Instant.ofEpochMilli(window.start()), Instant.ofEpochMilli(window.end()), count);
  }
}
