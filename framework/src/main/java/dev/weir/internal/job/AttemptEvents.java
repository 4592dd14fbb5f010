package dev.weir.internal.job;

import dev.weir.internal.checkpoint.CheckpointListener;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.task.TaskEvents;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What one attempt tells the job. Everything becomes mail to the job's thread, and mail of an
 * attempt that is no longer the current one is dropped there: an old answer never reaches a new
 * attempt.
 */
final class AttemptEvents implements TaskEvents, CheckpointListener, Executor {
  private final JobMaster master;
  private final Executor mailbox;

  AttemptEvents(JobMaster master, Executor mailbox) {
    this.master = master;
    this.mailbox = mailbox;
  }

  /** Runs on the job's thread, if the attempt is still the current one. */
  @Override
  public void execute(Runnable work) {
    mailbox.execute(
        () -> {
          if (master.isCurrent(this)) {
            work.run();
          }
        });
  }

  @Override
  public void acknowledged(TaskId task, long checkpointId, Map<String, StagePart> parts) {
    execute(() -> master.acknowledged(task, checkpointId, parts));
  }

  @Override
  public void wantsCheckpoint(TaskId task) {
    execute(() -> master.wantsCheckpoint(task));
  }

  @Override
  public void sourceEnded(TaskId task) {
    execute(() -> master.sourceEnded(task));
  }

  @Override
  public void failed(TaskId task, Throwable cause) {
    failed(cause);
  }

  @Override
  public void failed(Throwable cause) {
    execute(() -> master.attemptFailed(cause));
  }

  @Override
  public void skipped() {
    execute(master::checkpointSkipped);
  }

  @Override
  public void slow(long checkpointId, String heldBy) {
    execute(() -> master.checkpointIsSlow(checkpointId, heldBy));
  }

  @Override
  public void completed(CompletedCheckpoint checkpoint) {
    execute(() -> master.checkpointCompleted(checkpoint));
  }
}
