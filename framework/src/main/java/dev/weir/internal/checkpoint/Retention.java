package dev.weir.internal.checkpoint;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Remembers the newest completed checkpoints, oldest first. Confined to one thread. */
final class Retention {
  private final int count;
  private final List<RetainedManifest> pinned = new ArrayList<>();
  private final Deque<RetainedManifest> retained = new ArrayDeque<>();

  Retention(int count) {
    this.count = count;
  }

  /** Keeps a checkpoint that is retained now, over the count, as often as it is said. */
  void pin(long checkpointId) {
    for (RetainedManifest each : retained) {
      if (each.manifest().checkpointId() == checkpointId) {
        pinned.add(each);
      }
    }
  }

  /** Undoes one {@link #pin}. */
  void unpin(long checkpointId) {
    for (RetainedManifest each : pinned) {
      if (each.manifest().checkpointId() == checkpointId) {
        pinned.remove(each);
        return;
      }
    }
  }

  /** Adds a completed checkpoint; what is over the count is forgotten. */
  void add(FileRef file, CheckpointManifest manifest) {
    retained.add(new RetainedManifest(file, manifest));
    while (retained.size() > count) {
      retained.remove();
    }
  }

  List<RetainedManifest> retained() {
    return Stream.concat(pinned.stream(), retained.stream()).distinct().toList();
  }
}
