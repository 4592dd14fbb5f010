package dev.weir.internal.task;

import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.snapshot.StagePart;
import java.util.Map;

/** What a task tells the job. Thread-safe; no call blocks. */
public interface TaskEvents {
  /** The task's part of a checkpoint is durable, and its sinks are prepared. */
  void acknowledged(TaskId task, long checkpointId, Map<String, StagePart> parts);

  /** So many changes wait in the task that a checkpoint should be taken before its time. */
  void wantsCheckpoint(TaskId task);

  /** The task's source is read to its end. */
  void sourceEnded(TaskId task);

  /** The task cannot go on. */
  void failed(TaskId task, Throwable cause);
}
