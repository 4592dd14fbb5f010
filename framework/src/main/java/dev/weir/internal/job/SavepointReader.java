package dev.weir.internal.job;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.job.JobConfig;
import dev.weir.job.Savepoint;
import dev.weir.job.SavepointDiff;
import dev.weir.pipeline.LogicalGraph;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks into savepoints for people and tests. Blocks; stateless but for its ports. */
public final class SavepointReader {
  private final Ports ports;

  /** Reads through these ports. */
  public SavepointReader(Ports ports) {
    this.ports = ports;
  }

  /** How a pipeline and a savepoint fit. */
  public SavepointDiff diff(LogicalGraph graph, JobConfig config, URI savepoint) {
    CheckpointManifest manifest = manifest(savepoint);
    return diff(
        graph, config, manifest, new Savepoint(savepoint, manifest.job(), manifest.checkpointId()));
  }

  private static SavepointDiff diff(
      LogicalGraph graph, JobConfig config, CheckpointManifest manifest, Savepoint savepoint) {
    RestoreCheck check = new RestoreCheck(manifest, graph);
    List<String> incompatible =
        Stream.of(check.keyGroups(config), check.loss(config))
            .flatMap(Optional::stream)
            .map("it "::concat)
            .toList();
    return new SavepointDiff(
        savepoint,
        check.kept(),
        check.writtenNames(),
        check.added(),
        check.dropped(config),
        incompatible);
  }

  private CheckpointManifest manifest(URI savepoint) {
    String name = savepoint.toString();
    try (SnapshotStore store = SnapshotStores.open(savepoint, ports.disk(), ports.crashes())) {
      return new CheckpointStore(store, name, CrashPoint.Hook.NONE)
          .readManifest(CheckpointStore.fileOf(SavepointCopy.read(store, name)));
    } catch (IOException e) {
      throw new StorageException(
          "Tried to close " + name + ": " + e + ". Check the store and the rights.", e);
    }
  }
}
