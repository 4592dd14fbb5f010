package dev.weir.internal.job.inspect;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import dev.weir.internal.job.Ports;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StoredManifests;
import dev.weir.job.stored.Standing;
import dev.weir.job.stored.StoredCheckpoint;
import dev.weir.job.stored.StoredFile;
import dev.weir.job.stored.StoredStage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lists the checkpoints in a storage. Blocks; stateless but for its ports. */
public final class CheckpointListing {
  private final Ports ports;

  /** Reads through these ports. */
  public CheckpointListing(Ports ports) {
    this.ports = ports;
  }

  /** All whose manifest is there, oldest first. */
  public List<StoredCheckpoint> of(URI storage) {
    try (OpenStorage open = new OpenStorage(storage, ports)) {
      StoredManifests manifests = open.manifests();
      Optional<LedgerEntry> savepoint = manifests.savepoint();
      Optional<LedgerEntry> named = savepoint.or(manifests::ledger);
      Optional<CheckpointManifest> newest =
          named.flatMap(entry -> read(manifests, entry.manifest()));
      return manifests.names().stream()
          .map(
              name ->
                  read(manifests, name)
                      .map(
                          manifest ->
                              described(
                                  name,
                                  manifest,
                                  standing(name, manifest, named, newest, savepoint.isPresent())))
                      .orElseGet(() -> damaged(name)))
          .toList();
    }
  }

  private static Optional<CheckpointManifest> read(StoredManifests manifests, String name) {
    try {
      return Optional.of(manifests.read(name));
    } catch (RestoreException damaged) {
      return Optional.empty(); // The list says so of it, and a check of all says why.
    }
  }

  private static Standing standing(
      String name,
      CheckpointManifest manifest,
      Optional<LedgerEntry> named,
      Optional<CheckpointManifest> newest,
      boolean isSavepoint) {
    if (named.isEmpty()) {
      return Standing.UNKNOWN;
    }
    if (named.get().manifest().equals(name)) {
      return isSavepoint ? Standing.SAVEPOINT : Standing.NEWEST;
    }
    if (newest.isEmpty()) {
      return Standing.UNKNOWN;
    }
    List<Lineage.Run> runs = manifest.lineage().runs();
    boolean hasLedTo =
        manifest.checkpointId() < named.get().checkpointId()
            && !runs.isEmpty()
            && newest.get().lineage().holds(manifest.checkpointId(), runs.get(runs.size() - 1));
    return hasLedTo ? Standing.EARLIER : Standing.NOT_COMPLETED;
  }

  private static StoredCheckpoint damaged(String name) {
    return new StoredCheckpoint(
        name,
        StoredManifests.checkpointIdOf(name),
        StoredManifests.attemptOf(name),
        Standing.DAMAGED,
        "",
        0,
        List.of(),
        List.of());
  }

  private static StoredCheckpoint described(
      String name, CheckpointManifest manifest, Standing standing) {
    return new StoredCheckpoint(
        name,
        manifest.checkpointId(),
        manifest.attempt(),
        standing,
        manifest.job(),
        manifest.maxParallelism(),
        new TreeMap<>(manifest.stages()).entrySet().stream().map(CheckpointListing::stage).toList(),
        manifest.base().stream()
            .flatMap(base -> base.files().stream())
            .map(SharedBase.NamedFile::file)
            .map(CheckpointListing::file)
            .toList());
  }

  private static StoredStage stage(Map.Entry<String, List<StagePart>> stage) {
    List<StagePart> parts = stage.getValue();
    return new StoredStage(
        stage.getKey(),
        parts.size(),
        parts.stream().mapToLong(part -> part.inline().length).sum(),
        parts.stream()
            .flatMap(part -> part.files().stream())
            .distinct()
            .map(CheckpointListing::file)
            .toList());
  }

  private static StoredFile file(FileRef file) {
    return new StoredFile(file.location(), file.offset(), file.bytes(), file.crc32c());
  }
}
