package dev.weir.internal.snapshot;

import java.util.List;

/**
 * What one subtask of a stage puts into a checkpoint.
 *
 * @param subtask index of the subtask that wrote it
 * @param inline small state in the stage's own versioned format; owned by this part, not to be
 *     changed
 * @param files keyed state: a base and the deltas after it, in the order they are to be applied
 */
public record StagePart(int subtask, byte[] inline, List<FileRef> files) {
  /** Makes the list unmodifiable. */
  public StagePart {
    files = List.copyOf(files);
  }
}
