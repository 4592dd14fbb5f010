package dev.weir.internal.job;

import dev.weir.internal.runtime.Execution;
import dev.weir.internal.task.Task;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;

/** What an operator looks at first, about each task. */
final class TaskMeters {
  private TaskMeters() {}

  static void bind(String job, Execution execution, MeterRegistry meters) {
    execution.tasks().forEach(task -> bind(job, task, meters));
  }

  private static void bind(String job, Task task, MeterRegistry meters) {
    Tags tags =
        Tags.of(
            "job", job,
            "stage", task.id().label(),
            "subtask", Integer.toString(task.id().subtask()));
    FunctionCounter.builder("weir.records.in", task, Task::records)
        .description("Records that the task has taken from its source or its channels")
        .tags(tags)
        .register(meters);
    TimeGauge.builder("weir.watermark", task, TimeUnit.MILLISECONDS, Task::watermark)
        .description("Event time that the task has reached, since the epoch")
        .tags(tags)
        .register(meters);
    FunctionTimer.builder(
            "weir.backpressure", task, t -> 1, Task::blockedNanos, TimeUnit.NANOSECONDS)
        .description("Time in which the task took no input because its output had no room")
        .tags(tags)
        .register(meters);
    for (String stage : task.chain().restorableStages()) {
      FunctionCounter.builder("weir.records.late", task, t -> t.chain().lateRecords(stage))
          .description("Records dropped because they came after their window had closed")
          .tags(tags.and("stage", stage))
          .register(meters);
    }
    for (String stage : task.chain().sinkStages()) {
      FunctionCounter.builder("weir.records.out", task, t -> t.chain().recordsOut(stage))
          .description("Records handed to the sink")
          .tags(tags.and("stage", stage))
          .register(meters);
    }
  }
}
