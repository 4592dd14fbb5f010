package dev.weir.sample.clickcount;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * Someone has clicked on a page. In JSON the timestamp is either a number of epoch milliseconds or
 * an ISO-8601 date and time with offset: <code>
 * {"timestamp":"2026-01-01T00:00:00.005Z","page":"/index"}
 * </code>.
 *
 * @param timestamp when, epoch milliseconds
 * @param page which page
 */
public record ClickEvent(
    @JsonProperty(required = true) @JsonDeserialize(using = ClickTimestamp.class) long timestamp,
    @JsonProperty(required = true) String page) {
  /** Checks that there is a page. */
  public ClickEvent {
    Objects.requireNonNull(page, "a click needs a page");
  }
}
