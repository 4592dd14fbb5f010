package dev.weir.internal.job.inspect;

import dev.weir.internal.job.Ports;
import dev.weir.internal.job.RestoreCheck;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.job.JobConfig;
import dev.weir.job.Savepoint;
import dev.weir.job.SavepointDiff;
import dev.weir.pipeline.LogicalGraph;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares pipelines with savepoints and checkpoints. Blocks; stateless but for its ports. */
public final class SavepointReader {
  private final Ports ports;

  /** Reads through these ports. */
  public SavepointReader(Ports ports) {
    this.ports = ports;
  }

  /** How a pipeline fits a savepoint, or the checkpoint that a job would begin from. */
  public SavepointDiff diff(LogicalGraph graph, JobConfig config, URI savepoint) {
    try (OpenStorage open = new OpenStorage(savepoint, ports)) {
      CheckpointManifest manifest = open.newest();
      RestoreCheck check = new RestoreCheck(manifest, graph);
      StateComparison state = new StateComparison(graph, check);
      try (WrittenTables written =
          new WrittenTables(check.underNamesOfNow(), open.files(), check.writtenNames())) {
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
    }
  }
}
