package dev.weir.sample.clickcount.cli;

/** What the process ends with. */
final class ExitCode {
  /** Everything went as it should. */
  static final int OK = 0;

  /** The verdict: output is lost, doubled or wrong, and the guarantee promises otherwise. */
  static final int BROKEN_PROMISE = 1;

  /** The command line cannot be understood. */
  static final int USAGE = 2;

  /** Something outside is not as it must be: Kafka, a topic, a folder, a setting. */
  static final int OPERATING_ERROR = 3;

  /** A bug; the stack trace is on standard error. */
  static final int BUG = 70;

  private ExitCode() {}
}
