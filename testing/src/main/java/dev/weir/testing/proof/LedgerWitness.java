package dev.weir.testing.proof;

import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads in the ledger and in the manifests, also those that are removed by now, what each completed
 * checkpoint says it stands for, and has it judged. Used when the run is over.
 */
final class LedgerWitness {
  private final SimCluster cluster;
  private final SimObjects objects;

  LedgerWitness(SimCluster cluster, SimDisk disk, Path folder) {
    this.cluster = cluster;
    this.objects = SimObjects.whenNamed(disk, folder);
  }

  /** What is wrong with the transactions that are committed in the workload's topics. */
  List<String> findings(Workload workload, List<Input> input) {
    if (workload.origins().isEmpty()) {
      return List.of();
    }
    List<Committed> output = new ArrayList<>();
    workload.topics().keySet().stream()
        .filter(topic -> input.stream().noneMatch(record -> record.to().topic().equals(topic)))
        .forEach(topic -> output.addAll(cluster.committed(topic)));
    AtomicityAudit audit = new AtomicityAudit(workload.origins().get(), input, output);
    for (LedgerLine line : LedgerLine.in(cluster)) {
      audit.checkpoint(
          line.name(), line.transaction(), Positions.of(objects.manifest(line.manifest())));
    }
    return audit.findings();
  }
}
