package dev.weir.testing.proof;

import dev.weir.function.ProcessFunction;
import dev.weir.state.ListState;
import dev.weir.state.TaskListDescriptor;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import java.util.List;

/**
 * Counts the records of each task twice: in a list to be parted and in one to be shared. At the end
 * of time each task says its counts.
 */
final class Tally implements ProcessFunction<Numbered, Result> {
  static final String OF_TASKS = "tasks";
  static final String OF_ALL = "all";

  private static final long serialVersionUID = 1L;
  private static final TaskListDescriptor<Long> PARTED =
      TaskListDescriptor.split("parted", Long.class);
  private static final TaskListDescriptor<Long> SHARED =
      TaskListDescriptor.union("shared", Long.class);

  @Override
  public List<TaskListDescriptor<?>> states() {
    return List.of(PARTED, SHARED);
  }

  @Override
  public void open(Task task) {
    long all = sum(task.state(SHARED));
    task.state(SHARED).update(task.subtaskIndex() == 0 ? List.of(all) : List.of());
  }

  @Override
  public void process(Numbered record, Context<Result> context) {
    context.state(PARTED).add(1L);
    context.state(SHARED).update(List.of(sum(context.state(SHARED)) + 1));
  }

  @Override
  public void onWatermark(long watermark, Context<Result> context) {
    if (watermark == Long.MAX_VALUE) {
      context.collect(new Result(OF_TASKS, 0, sum(context.state(PARTED))));
      context.collect(new Result(OF_ALL, 0, sum(context.state(SHARED))));
      context.state(PARTED).clear();
      context.state(SHARED).clear();
    }
  }

  private static long sum(ListState<Long> counts) {
    return counts.get().stream().mapToLong(each -> each).sum();
  }
}
