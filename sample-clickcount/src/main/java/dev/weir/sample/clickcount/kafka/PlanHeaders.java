package dev.weir.sample.clickcount.kafka;

import dev.weir.sample.clickcount.InputPlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The plan of the input, as headers of the clicks that end it. Stateless. */
public final class PlanHeaders {
  private static final String START = "clickcount.start";
  private static final String WINDOWS = "clickcount.windows";

  private PlanHeaders() {}

  /**
   * Writes a plan.
   *
   * @param plan the plan
   * @param headers where to
   */
  public static void write(InputPlan plan, Headers headers) {
    headers.add(START, plan.start().toString().getBytes(StandardCharsets.UTF_8));
    headers.add(WINDOWS, Long.toString(plan.windows()).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a plan.
   *
   * @param headers a record's headers
   * @return the plan; empty if the record is not one that ends the input
   */
  public static Optional<InputPlan> read(Headers headers) {
    Header start = headers.lastHeader(START);
    Header windows = headers.lastHeader(WINDOWS);
    return start == null || windows == null
        ? Optional.empty()
        : Optional.of(new InputPlan(Instant.parse(text(start)), Long.parseLong(text(windows))));
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
