package dev.weir.internal.job.inspect;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.RestoreException;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.job.Ports;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StoredManifests;
import dev.weir.internal.snapshot.group.GroupMember;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A savepoint or the checkpoint storage of a job, open to be read. Confined to one thread. */
final class OpenStorage implements AutoCloseable {
  private final String name;
  private final SnapshotStore objects;
  private final CheckpointStore files;
  private final StoredManifests manifests;

  OpenStorage(URI storage, Ports ports) {
    this.name = storage.toString();
    this.objects = GroupMember.open(storage, ports.disk(), ports.crashes());
    this.files = new CheckpointStore(objects, name, CrashPoint.Hook.NONE);
    this.manifests = new StoredManifests(objects, name);
  }

  CheckpointStore files() {
    return files;
  }

  StoredManifests manifests() {
    return manifests;
  }

  /**
   * The checkpoint that a job would begin from here: the savepoint; else what the ledger beside it
   * names; else, where the ledger is in Kafka, the newest there is.
   *
   * @throws RestoreException if there is none, or it is damaged
   */
  CheckpointManifest newest() {
    Optional<LedgerEntry> named = manifests.savepoint().or(manifests::ledger);
    if (named.isPresent()) {
      return files.readManifest(CheckpointStore.fileOf(named.get()));
    }
    List<String> all = manifests.names();
    if (all.isEmpty()) {
      throw new RestoreException(
          "Tried to find a savepoint or a checkpoint in "
              + name
              + ", found neither a marker weir-savepoint nor a manifest. Name the place of a whole"
              + " savepoint, or the checkpoint.storage of a job.");
    }
    return manifests.read(all.get(all.size() - 1));
  }

  @Override
  public void close() {
    try {
      objects.close();
    } catch (IOException e) {
      throw new StorageException(
          "Tried to close " + name + ": " + e + ". Check the store and the rights.", e);
    }
  }
}
