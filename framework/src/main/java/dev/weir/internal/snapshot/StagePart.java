package dev.weir.internal.snapshot;

import java.util.List;

/**
 * What one subtask of a stage puts into a checkpoint.
 *
 * @param subtask index of the subtask that wrote it
 * @param inline small state in the stage's own versioned format; owned by this part, not to be
 *     changed
 * @param files keyed state, in the order it is to be applied upon the checkpoint's base
 */
public record StagePart(int subtask, byte[] inline, List<FileRef> files) {
  /** Makes the list unmodifiable. */
  public StagePart {
    files = List.copyOf(files);
  }

  /** What is left of it upon a base that has what files of checkpoints up to this one say. */
  StagePart upon(long through) {
    return new StagePart(
        subtask, inline, files.stream().filter(file -> file.checkpointId() > through).toList());
  }
}
