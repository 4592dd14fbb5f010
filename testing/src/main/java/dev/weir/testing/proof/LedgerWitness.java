package dev.weir.testing.proof;

import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads in the ledger and in the manifests, also those that are removed by now, what each completed
 * checkpoint says it stands for, and has it judged. Used when the run is over.
 */
final class LedgerWitness {
  private final SimCluster cluster;
  private final SimDisk disk;
  private final List<Life> lives;

  /** Of one life after the other. */
  LedgerWitness(SimCluster cluster, SimDisk disk, List<Life> lives) {
    this.cluster = cluster;
    this.disk = disk;
    this.lives = List.copyOf(lives);
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
    for (Life life : lives) {
      SimObjects objects = SimObjects.whenNamed(disk, life.folder());
      for (LedgerLine line : LedgerLine.in(cluster, life)) {
        audit.checkpoint(
            line.name(), line.transaction(), Positions.of(objects.manifest(line.manifest())));
      }
    }
    return audit.findings();
  }
}
