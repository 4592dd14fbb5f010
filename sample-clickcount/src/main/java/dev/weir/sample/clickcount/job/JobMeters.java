package dev.weir.sample.clickcount.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operator looks at first, at one moment, and as one line of text. Immutable.
 *
 * @param checkpointId newest completed checkpoint; -1 if there is none
 * @param clicksPerSecond clicks read in the last second
 * @param lag clicks in Kafka that the job has not read
 * @param checkpointMillis how long the newest checkpoint took
 * @param checkpointBytes how much it wrote
 * @param restarts restarts within the process
 */
public record JobMeters(
    long checkpointId,
    double clicksPerSecond,
    double lag,
    double checkpointMillis,
    double checkpointBytes,
    long restarts) {
  private static final String PREFIX = "METERS ";

  /**
   * @return the meters as a line that {@link #parse} reads
   */
  public String line() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("checkpoint", checkpointId);
    values.put("clicks/s", rounded(clicksPerSecond));
    values.put("lag", rounded(lag));
    values.put("checkpoint.ms", rounded(checkpointMillis));
    values.put("checkpoint.bytes", rounded(checkpointBytes));
    values.put("restarts", restarts);
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" ", PREFIX, ""));
  }

  /**
   * Reads a line of the job.
   *
   * @param line any line
   * @return the meters; empty if the line is about something else
   */
  public static Optional<JobMeters> parse(String line) {
    if (!line.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (String pair : line.substring(PREFIX.length()).split(" ", -1)) {
      int equals = pair.indexOf('=');
      values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
    }
    return Optional.of(
        new JobMeters(
            values.get("checkpoint").longValue(),
            values.get("clicks/s"),
            values.get("lag"),
            values.get("checkpoint.ms"),
            values.get("checkpoint.bytes"),
            values.get("restarts").longValue()));
  }

  /**
   * @return true if a checkpoint is completed and no click waits to be read
   */
  public boolean hasReadAll() {
    return checkpointId >= 0 && lag == 0;
  }

  /**
   * @return the meters for people
   */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%.0f clicks/s, lag %.0f, checkpoint %d took %.0f ms",
        clicksPerSecond,
        lag,
        checkpointId,
        checkpointMillis);
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
