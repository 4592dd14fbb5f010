package dev.weir.internal.job.inspect;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.StorageException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.job.Ports;
import dev.weir.internal.job.RestoreCheck;
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
import java.util.Optional;
import java.util.stream.Stream;

/** Compares pipelines with savepoints. Blocks; stateless but for its ports. */
public final class SavepointReader {
  private final Ports ports;

  /** Reads through these ports. */
  public SavepointReader(Ports ports) {
    this.ports = ports;
  }

  /** How a pipeline and a savepoint fit. */
  public SavepointDiff diff(LogicalGraph graph, JobConfig config, URI savepoint) {
    String name = savepoint.toString();
    try (SnapshotStore objects = SnapshotStores.open(savepoint, ports.disk(), ports.crashes())) {
      CheckpointStore store = new CheckpointStore(objects, name, CrashPoint.Hook.NONE);
      CheckpointManifest manifest =
          store.readManifest(CheckpointStore.fileOf(SavepointCopy.read(objects, name)));
      RestoreCheck check = new RestoreCheck(manifest, graph);
      StateComparison state = new StateComparison(graph, check);
      try (WrittenTables written =
          new WrittenTables(check.underNamesOfNow(), store, check.writtenNames())) {
        check.kept().forEach(stage -> state.compare(stage, written));
      }
      return new SavepointDiff(
          new Savepoint(savepoint, manifest.job(), manifest.checkpointId()),
          check.kept(),
          check.writtenNames(),
          check.added(),
          check.dropped(config),
          state.changed(),
          Stream.concat(
                  Stream.of(check.keyGroups(config), check.loss(config))
                      .flatMap(Optional::stream)
                      .map("it "::concat),
                  state.incompatible().stream())
              .toList());
    } catch (IOException e) {
      throw new StorageException(
          "Tried to close " + name + ": " + e + ". Check the store and the rights.", e);
    }
  }
}
