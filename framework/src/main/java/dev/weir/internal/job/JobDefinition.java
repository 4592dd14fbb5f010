package dev.weir.internal.job;

import dev.weir.connector.LedgerFactory;
import dev.weir.error.InvalidConfigException;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.plan.Planner;
import dev.weir.internal.snapshot.Disk;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.warm.WarmFiles;
import dev.weir.internal.snapshot.warm.WarmUp;
import dev.weir.job.JobConfig;
import dev.weir.pipeline.LogicalGraph;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline with its configuration, checked and planned. Immutable.
 *
 * @param graph as it will run
 * @param config how
 * @param ledger the ledger that the sinks offer
 * @param storage where its checkpoints lie
 */
record JobDefinition(
    ExecutionGraph graph, JobConfig config, Optional<LedgerFactory> ledger, URI storage) {

  static JobDefinition of(LogicalGraph logical, JobConfig config) {
    ModeCheck.check(logical, config);
    ExecutionGraph graph = Planner.plan(logical, config.parallelism(), config.maxParallelism());
    URI storage =
        config
            .checkpointStorage()
            .orElseThrow(
                () ->
                    new InvalidConfigException(
                        "Job '"
                            + logical.name()
                            + "' has no folder for its checkpoints. Set checkpoint.storage to a"
                            + " folder of its own, such as file:/var/lib/"
                            + logical.name()
                            + "."));
    SnapshotStores.check(storage);
    return new JobDefinition(graph, config, Ledgers.offeredBy(logical), storage);
  }

  /** The same with so many tasks per stage. */
  JobDefinition at(int parallelism) {
    return new JobDefinition(
        Planner.plan(graph.logical(), parallelism, graph.maxParallelism()),
        config,
        ledger,
        storage);
  }

  String name() {
    return graph.logical().name();
  }

  /** How people call the storage: the folder, or the URI. */
  String storageName() {
    return SnapshotStores.folderOf(storage).map(Path::toString).orElse(storage.toString());
  }

  /** Copies of checkpoint files in the local folder; empty: there is none that stays. */
  Optional<WarmFiles> warmFiles(Disk disk) {
    return config
        .state()
        .localDirectory()
        .map(directory -> WarmFiles.in(directory.resolve(name()), disk));
  }

  /** What a standby does to have them. */
  Optional<WarmUp> warmUp(Ports ports) {
    return warmFiles(ports.disk())
        .map(
            files ->
                new WarmUp(
                    () -> SnapshotStores.open(storage, ports.disk(), CrashPoint.Hook.NONE),
                    storageName(),
                    files,
                    ports.clock()));
  }

  Map<String, List<StagePart>> nothing() {
    return Map.of();
  }
}
