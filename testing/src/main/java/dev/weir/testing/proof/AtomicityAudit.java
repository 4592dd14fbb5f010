package dev.weir.testing.proof;

import dev.weir.testing.proof.Workload.Origins;
import dev.weir.testing.sim.kafka.SimCluster.Committed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Judges that a committed transaction is one checkpoint, whole: it has the results of exactly the
 * records between the positions of the checkpoint before and its own, over all partitions; and that
 * nothing is committed outside of one. Pure, confined to one thread.
 */
final class AtomicityAudit {
  private final Origins origins;
  private final List<PlacedInput> input;
  private final Map<Object, Set<String>> results = new HashMap<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();
  private final List<String> findings = new ArrayList<>();

  AtomicityAudit(Origins origins, List<Input> input, List<Committed> output) {
    this.origins = origins;
    this.input = PlacedInput.of(input);
    for (Committed result : output) {
      results
          .computeIfAbsent(result.transaction(), transaction -> new HashSet<>())
          .add(origins.of(result.record()));
    }
  }

  /** The ledger has this checkpoint next. */
  void checkpoint(String name, Object transaction, Map<TopicPartition, Long> positions) {
    if (reached.isEmpty()) {
      reached.putAll(positions); // Where the first one stands, the job has begun to read.
    }
    Set<String> right = new TreeSet<>(upTo(positions));
    Set<String> found = new TreeSet<>(results.getOrDefault(transaction, Set.of()));
    results.remove(transaction);
    if (!found.equals(right)) {
      findings.add(
          name + " has committed the results of " + found + ", but it stands for " + right);
    }
    reached.putAll(positions);
  }

  /** What is wrong, now that there are no more checkpoints. */
  List<String> findings() {
    results.forEach(
        (transaction, names) ->
            findings.add("the results of " + names + " were committed without a checkpoint"));
    return List.copyOf(findings);
  }

  private List<String> upTo(Map<TopicPartition, Long> positions) {
    return input.stream()
        .filter(placed -> placed.isBefore(positions) && !placed.isBefore(reached))
        .map(PlacedInput::record)
        .filter(Input::isVisible)
        .map(origins::of)
        .toList();
  }
}
