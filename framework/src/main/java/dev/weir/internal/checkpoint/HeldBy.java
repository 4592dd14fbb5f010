package dev.weir.internal.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells people what holds up a checkpoint: which edge, which task. Pure. */
final class HeldBy {
  private HeldBy() {}

  /**
   * Names the first ones in the stream's direction, as everybody behind them only waits.
   *
   * @param checkpointId the checkpoint under way
   * @param missing tasks that have not answered
   * @param progress all tasks
   * @return a clause such as {@code edge clicks#0 -> count#1: ...}
   */
  static String tell(long checkpointId, Set<TaskId> missing, List<TaskProgress> progress) {
    Map<TaskId, TaskProgress> byTask =
        progress.stream().collect(Collectors.toMap(TaskProgress::task, Function.identity()));
    List<String> reasons = new ArrayList<>();
    for (TaskProgress task : progress) {
      if (missing.contains(task.task())) {
        reasons.addAll(reasonsOf(task, checkpointId, byTask));
      }
    }
    return reasons.isEmpty() ? "the store or the ledger" : String.join("; ", reasons);
  }

  private static Set<String> reasonsOf(
      TaskProgress task, long checkpointId, Map<TaskId, TaskProgress> all) {
    if (task.cut() >= checkpointId) {
      return Set.of("task " + task.task() + " is writing its state, or its sink is flushing");
    }
    if (task.inputs().isEmpty()) {
      return Set.of(
          "source task "
              + task.task()
              + " has not come to send its barrier"
              + task.running().map(busy -> ", as its worker is busy in task " + busy).orElse(""));
    }
    Set<String> edges = new TreeSet<>();
    for (TaskId sender : task.waitsFor(checkpointId)) {
      TaskProgress from = all.get(sender);
      if (from != null && from.cut() >= checkpointId) {
        edges.add(
            "edge "
                + sender
                + " -> "
                + task.task()
                + ": its barrier is behind records that "
                + task.task()
                + " has not taken");
      }
    }
    return edges;
  }
}
