package dev.weir.internal.state;

import dev.weir.internal.snapshot.FileRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that make up a backend's state: a base and the deltas after it. Immutable.
 *
 * @param files in the order they are to be applied
 */
record StateFiles(List<FileRef> files) {
  private static final long SMALLEST = 1L << 20;
  private static final long COST_OF_A_FILE = 1L << 16;
  private static final int MOST_FILES = 500;
  static final StateFiles NONE = new StateFiles(List.of());

  StateFiles {
    files = List.copyOf(files);
  }

  StateFiles with(FileRef delta) {
    return new StateFiles(Stream.concat(files.stream(), Stream.of(delta)).toList());
  }

  /** Without what is in the base that all tasks share. */
  StateFiles after(long baseThrough) {
    return new StateFiles(
        files.stream().filter(file -> file.checkpointId() > baseThrough).toList());
  }

  boolean wantsBase() {
    long baseBytes = files.stream().limit(1).mapToLong(FileRef::bytes).sum();
    long deltaBytes = files.stream().skip(1).mapToLong(FileRef::bytes).sum();
    return wantsBase(files.size(), baseBytes, deltaBytes);
  }

  /**
   * When the deltas after a base are so many that a new base pays.
   *
   * <p>A base of B bytes is written again once its deltas have about B / 2: so each changed byte is
   * written at most about three times, and a restore reads at most about one and a half states. A
   * file costs as much as some bytes of its own, so that small states do not gather files.
   */
  static boolean wantsBase(int files, long baseBytes, long deltaBytes) {
    if (files == 0 || files >= MOST_FILES) {
      return true;
    }
    long cost = deltaBytes + (files - 1) * COST_OF_A_FILE;
    return cost > Math.max(SMALLEST, baseBytes / 2);
  }
}
