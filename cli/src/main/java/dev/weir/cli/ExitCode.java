package dev.weir.cli;

/** What the process ends with. */
final class ExitCode {
  /** All is well; of a comparison: everything goes on as it was. */
  static final int OK = 0;

  /** A job would begin, and something goes on otherwise than before. */
  static final int CHANGED = 1;

  /** A job would refuse to begin. */
  static final int REFUSED = 2;

  /** A checkpoint or a part of it is missing or damaged. */
  static final int DAMAGED = 3;

  /** The command line cannot be understood. */
  static final int USAGE = 64;

  /** The command has failed for another reason: storage, rights, a pipeline that throws. */
  static final int FAILED = 70;

  private ExitCode() {}
}
