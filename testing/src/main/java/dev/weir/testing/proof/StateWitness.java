package dev.weir.testing.proof;

import dev.weir.error.WeirException;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.job.stored.StateRow;
import dev.weir.testing.sim.SimDisk;
import dev.weir.testing.sim.kafka.SimCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the state of every checkpoint that was completed, also of those that are removed by now, as
 * a restore would read it, and has it judged by the records before the checkpoint's positions. That
 * a checkpoint stays what it was as long as it is retained shows {@link StoreWitness}. Used when
 * the run is over.
 */
final class StateWitness {
  private final SimCluster cluster;
  private final SimObjects objects;

  StateWitness(SimCluster cluster, SimDisk disk, Path folder) {
    this.cluster = cluster;
    this.objects = SimObjects.whenNamed(disk, folder);
  }

  /** What is wrong with the state in checkpoints. */
  List<String> findings(Workload.Memory memory, List<Input> input) {
    List<PlacedInput> placed = PlacedInput.of(input);
    List<String> findings = new ArrayList<>();
    for (LedgerLine line : LedgerLine.in(cluster)) {
      judge(line, memory, placed).forEach(wrong -> findings.add(line.name() + ": " + wrong));
    }
    return findings;
  }

  private List<String> judge(LedgerLine line, Workload.Memory memory, List<PlacedInput> input) {
    try {
      CheckpointManifest manifest = objects.manifest(line.manifest());
      List<StateRow> rows = objects.rows(manifest);
      return memory.judge(rows, before(Positions.of(manifest), input));
    } catch (WeirException unreadable) {
      return List.of(unreadable.getMessage());
    }
  }

  private static List<Input> before(Map<TopicPartition, Long> positions, List<PlacedInput> input) {
    return input.stream()
        .filter(placed -> placed.isBefore(positions))
        .map(PlacedInput::record)
        .filter(Input::isVisible)
        .toList();
  }
}
