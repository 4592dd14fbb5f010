package dev.weir.internal.checkpoint;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FileRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers the newest completed checkpoints, oldest first. Confined to one thread. */
final class Retention {
  private final int count;
  private final Deque<RetainedManifest> retained = new ArrayDeque<>();

  Retention(int count) {
    this.count = count;
  }

  /** Adds a completed checkpoint; what is over the count is forgotten. */
  void add(FileRef file, CheckpointManifest manifest) {
    retained.add(new RetainedManifest(file, manifest));
    while (retained.size() > count) {
      retained.remove();
    }
  }

  List<RetainedManifest> retained() {
    return List.copyOf(retained);
  }
}
