package dev.weir.internal.snapshot.warm;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StoredManifests;
import dev.weir.time.Clock;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a standby fetches: the files that the newest manifest in the store names, at a bounded rate.
 * Whether its checkpoint is completed only the ledger knows, and it need not be asked: a copy too
 * many is never read, and one that is missing is read from the store. A copy goes when its object
 * has gone from the store, since then no retained checkpoint names it. One turn at a time; blocks.
 */
public final class WarmUp {
  private static final long BYTES_PER_SECOND = 32L << 20;

  private final Supplier<SnapshotStore> store;
  private final String root;
  private final WarmFiles files;
  private final Clock clock;
  private volatile Pace pace;

  /**
   * For one job.
   *
   * @param store opens it
   * @param root how people call it
   */
  public WarmUp(Supplier<SnapshotStore> store, String root, WarmFiles files, Clock clock) {
    this.store = store;
    this.root = root;
    this.files = files;
    this.clock = clock;
  }

  /** A turn will follow; from now on it can be stopped. Does not block. */
  public void prepare() {
    pace = new Pace(clock, BYTES_PER_SECOND);
  }

  /**
   * Fetches what is missing now, and removes what is of no use any more.
   *
   * <p>Is prepared.
   *
   * @return how many bytes were read of the store's files; less than all if it was stopped
   */
  public long turn() throws IOException {
    try (SnapshotStore objects = store.get()) {
      files.whileLocked(() -> update(objects));
    } catch (IOException | RuntimeException e) {
      if (!pace.isStopped()) {
        throw e;
      }
    }
    return pace.spent();
  }

  private void update(SnapshotStore objects) throws IOException {
    Set<String> there = new HashSet<>(objects.list(""));
    files.retainOnly(copy -> there.contains(copy.location()));
    StoredManifests manifests = new StoredManifests(objects, root);
    List<String> names = manifests.names();
    if (names.isEmpty()) {
      return;
    }
    CheckpointManifest newest = manifests.read(names.get(names.size() - 1));
    CheckpointStore from = new CheckpointStore(objects, root, CrashPoint.Hook.NONE);
    Set<FileRef> copies = files.all();
    for (FileRef file : newest.files().distinct().toList()) {
      if (!copies.contains(file)) {
        files.fetch(file, from, pace);
      }
    }
  }

  /** Ends a turn that is under way soon; from any thread. */
  public void stop() {
    Pace underWay = pace;
    if (underWay != null) {
      underWay.stop();
    }
  }

  /** Removes all copies, unless another instance on this machine is at them. */
  public void clear() throws IOException {
    if (files.isThere()) {
      files.whileLocked(() -> files.retainOnly(copy -> false));
    }
  }
}
