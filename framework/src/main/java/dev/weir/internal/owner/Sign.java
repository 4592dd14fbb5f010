package dev.weir.internal.owner;

import java.util.Optional;

/**
 * A sign of life of the instance that runs a job. Immutable. As text, for a beacon:
 *
 * <pre>
 *   weir-owner 1 alive 5000 42 7d1f.../4026531836/8913/274411#1
 *               |   |    |    |  instance: process and which of its jobs
 *               |   |    |    counts up, so that each sign is a new one
 *               |   |    detection time, milliseconds
 *               |   alive, or gone
 *               version
 * </pre>
 *
 * @param isGone whether the instance has ended in order, so that the job is free
 * @param detectionMillis how long it may be silent at the least
 * @param beat the number of the sign
 * @param instance who
 */
record Sign(boolean isGone, long detectionMillis, long beat, String instance) {
  private static final String HEADER = "weir-owner 1 ";
  private static final String ALIVE = "alive";
  private static final String GONE = "gone";
  private static final int FIELDS = 4;

  /** Reads a sign; empty if it is none of this version: then only its change tells something. */
  static Optional<Sign> parse(String text) {
    String[] fields = text.replaceFirst(HEADER, "").split(" ", -1);
    if (!text.startsWith(HEADER) || fields.length != FIELDS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Sign(
              fields[0].equals(GONE),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[2]),
              fields[3]));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  String format() {
    return HEADER + (isGone ? GONE : ALIVE) + " " + detectionMillis + " " + beat + " " + instance;
  }

  /** The instance's process, as {@link ProcessName} tells it. */
  String process() {
    return instance.replaceFirst("#.*", "");
  }
}
