package dev.weir.sample.clickcount.cli;

import dev.weir.sample.clickcount.generator.GeneratorSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How fast and how long clicks come. Filled by picocli. */
final class LoadOptions {
  private static final int MILLIS_PER_MINUTE = 60_000;
  private static final int MAX_MINUTES = 7 * 24 * 60;

  @Option(
      names = "--rate",
      paramLabel = "CLICKS",
      defaultValue = "4000",
      description =
          "clicks per second of real time; 6000 fill a window (default: ${DEFAULT-VALUE})")
  int rate;

  @Option(
      names = "--minutes",
      paramLabel = "MINUTES",
      defaultValue = "1",
      description = "how long clicks come; fractions are fine (default: ${DEFAULT-VALUE})")
  double minutes;

  int rate() {
    if (rate < 1 || rate > GeneratorSettings.MAX_CLICKS_PER_SECOND) {
      throw new IllegalArgumentException(
          "--rate must be 1 to " + GeneratorSettings.MAX_CLICKS_PER_SECOND + ", got " + rate);
    }
    return rate;
  }

  Duration duration() {
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      throw new IllegalArgumentException(
          "--minutes must be above 0 and at most " + MAX_MINUTES + ", got " + minutes);
    }
    return Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE));
  }
}
