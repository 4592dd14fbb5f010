package dev.weir.internal.state;

import dev.weir.internal.base.Checks;

/**
 * Remembers which files make up the newest written cut. Written by one I/O thread at a time, cut
 * after cut; read by the task's thread as well.
 */
final class SnapshotChain {
  private static final long NO_CUT = -1;

  private volatile Link newest = new Link(NO_CUT, StateFiles.NONE);

  void restored(StateFiles files) {
    newest = new Link(NO_CUT, files);
  }

  /** Whether there is nothing that a file could come after. */
  boolean wantsFirst(BottomStore bottom) {
    return newest.files.files().isEmpty() && bottom.baseThrough() < 0;
  }

  boolean wantsBase() {
    return newest.files.wantsBase();
  }

  /** The files of the cut before, which must be written by now. */
  StateFiles filesOf(long previousCut) {
    Link link = newest;
    Checks.state(
        link.cut == previousCut,
        "State of checkpoint %s must be written before the next one, newest is %s",
        previousCut,
        link.cut);
    return link.files;
  }

  void written(long cut, StateFiles files) {
    newest = new Link(cut, files);
  }

  private record Link(long cut, StateFiles files) {}
}
