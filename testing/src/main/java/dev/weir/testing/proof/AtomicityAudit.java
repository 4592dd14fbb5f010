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
  private final Map<TopicPartition, List<Placed>> input = new HashMap<>();
  private final Map<Object, Set<String>> results = new HashMap<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();
  private final List<String> findings = new ArrayList<>();

  AtomicityAudit(Origins origins, List<Input> input, List<Committed> output) {
    this.origins = origins;
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Input record : input) {
      long next = record.how() == Input.How.PLAIN ? 1 : 2;
      long offset = ends.merge(record.to(), next, Long::sum) - next;
      this.input
          .computeIfAbsent(record.to(), to -> new ArrayList<>())
          .add(new Placed(offset, record));
    }
    for (Committed result : output) {
      results
          .computeIfAbsent(result.transaction(), transaction -> new HashSet<>())
          .add(origins.of(result.record()));
    }
  }

  /** A record at its offset. */
  private record Placed(long offset, Input record) {}

  /** The ledger has this checkpoint next. */
  void checkpoint(String name, Object transaction, Map<TopicPartition, Long> positions) {
    if (reached.isEmpty()) {
      reached.putAll(positions); // Where the first one stands, the job has begun to read.
    }
    Set<String> right = new TreeSet<>();
    positions.forEach((partition, position) -> right.addAll(upTo(partition, position)));
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

  private List<String> upTo(TopicPartition partition, long position) {
    long from = reached.getOrDefault(partition, 0L);
    return input.getOrDefault(partition, List.of()).stream()
        .filter(placed -> placed.offset() >= from && placed.offset() < position)
        .map(Placed::record)
        .filter(Input::isVisible)
        .map(origins::of)
        .toList();
  }
}
