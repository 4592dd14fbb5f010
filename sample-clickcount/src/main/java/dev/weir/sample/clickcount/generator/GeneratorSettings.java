package dev.weir.sample.clickcount.generator;

import dev.weir.sample.clickcount.InputPlan;

/**
 * What to send where.
 *
 * @param bootstrapServers where Kafka is
 * @param topic an empty topic
 * @param plan which windows
 * @param clicksPerSecond how fast, in real time
 * @param seed decides the disorder
 */
public record GeneratorSettings(
    String bootstrapServers, String topic, InputPlan plan, int clicksPerSecond, long seed) {
  /** Most clicks in a second. */
  public static final int MAX_CLICKS_PER_SECOND = 1_000_000;

  /** Checks the bounds. */
  public GeneratorSettings {
    if (clicksPerSecond < 1 || clicksPerSecond > MAX_CLICKS_PER_SECOND) {
      throw new IllegalArgumentException(
          "The rate must be 1 to " + MAX_CLICKS_PER_SECOND + " clicks/s, got " + clicksPerSecond);
    }
  }
}
