package dev.weir.testing.proof;

import dev.weir.error.WeirException;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.job.stored.StateRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the state of completed checkpoints, also of those that are removed by now, as a restore
 * would read it, and has it judged by the records before the checkpoint's positions. That a
 * checkpoint stays what it was as long as it is retained shows {@link StoreWitness}. Used when the
 * run is over.
 */
final class StateWitness {
  private final Workload.Memory memory;
  private final List<PlacedInput> input;

  StateWitness(Workload.Memory memory, List<Input> input) {
    this.memory = memory;
    this.input = PlacedInput.of(input);
  }

  /** What is wrong with the state in these checkpoints. */
  List<String> findings(List<LedgerLine> lines, SimObjects objects) {
    List<String> findings = new ArrayList<>();
    for (LedgerLine line : lines) {
      judge(line.manifest(), objects).forEach(wrong -> findings.add(line.name() + ": " + wrong));
    }
    return findings;
  }

  /** What is wrong with the state that a manifest names. */
  List<String> judge(String location, SimObjects objects) {
    try {
      CheckpointManifest manifest = objects.manifest(location);
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
