package dev.weir.internal.task;

import dev.weir.error.Causes;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.operator.OperatorSnapshot;
import dev.weir.internal.operator.StatefulOperator;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.snapshot.StatePack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Cuts a task's state at a barrier, has it written by an I/O thread, and answers when that is
 * durable and all sinks are prepared.
 */
final class SnapshotStep {
  private final TaskId task;
  private final List<StatefulOperator> operators;
  private final StatePack.OfAttempt packs;
  private final Executor io;
  private final CrashPoint.Hook crashes;
  private final TaskEvents events;

  SnapshotStep(TaskId task, List<StatefulOperator> operators, TaskScope scope) {
    this.task = task;
    this.operators = operators;
    this.packs = scope.packs();
    this.io = scope.io();
    this.crashes = scope.crashes();
    this.events = scope.events();
  }

  /** Cuts now; everything slow goes on elsewhere. */
  void cut(long checkpointId) {
    List<OperatorSnapshot> snapshots =
        operators.stream().map(operator -> operator.snapshot(checkpointId)).toList();
    crashes.reached(CrashPoint.STATE_FROZEN, checkpointId);
    CompletableFuture<Map<String, StagePart>> written = new CompletableFuture<>();
    io.execute(() -> write(checkpointId, snapshots, written));
    prepared(snapshots)
        .thenRun(() -> crashes.reached(CrashPoint.SINK_PREPARED, checkpointId))
        .thenCombine(written, (nothing, parts) -> parts)
        .whenComplete((parts, failure) -> answer(checkpointId, parts, failure));
  }

  private static CompletionStage<Void> prepared(List<OperatorSnapshot> snapshots) {
    return CompletableFuture.allOf(
        snapshots.stream()
            .map(snapshot -> snapshot.prepared().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private void write(
      long checkpointId,
      List<OperatorSnapshot> snapshots,
      CompletableFuture<Map<String, StagePart>> written) {
    try {
      StatePack pack = packs.of(checkpointId);
      Map<String, StagePart> parts = new LinkedHashMap<>();
      for (OperatorSnapshot snapshot : snapshots) {
        if (snapshot.inline().isPresent()) {
          parts.put(
              snapshot.stage(),
              new StagePart(
                  task.subtask(), snapshot.inline().get(), snapshot.frozen().write(pack)));
        }
      }
      pack.done()
          .whenComplete(
              (nothing, failure) -> {
                if (failure == null) {
                  written.complete(parts);
                } else {
                  written.completeExceptionally(failure);
                }
              });
    } catch (Throwable failure) {
      written.completeExceptionally(failure);
    }
  }

  private void answer(long checkpointId, Map<String, StagePart> parts, Throwable failure) {
    if (failure == null) {
      events.acknowledged(task, checkpointId, parts);
    } else {
      events.failed(task, Causes.behind(failure));
    }
  }
}
