package dev.weir.internal.checkpoint;

import dev.weir.internal.base.SerialExecutor;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Removes what no retained checkpoint names, on I/O threads beside the checkpoints, so that no
 * manifest waits for deletes. One sweep at a time; those that are asked for meanwhile are one.
 */
final class Sweeper {
  private final CheckpointScope scope;
  private final CheckpointListener listener;
  private final Executor io;
  private final AtomicReference<List<RetainedManifest>> next = new AtomicReference<>();

  Sweeper(CheckpointScope scope, CheckpointListener listener) {
    this.scope = scope;
    this.listener = listener;
    this.io = new SerialExecutor(scope.ioBeside());
  }

  /** Sweeps soon; only what these name stays of what is not newer. Does not block. */
  void sweep(List<RetainedManifest> retained) {
    if (next.getAndSet(retained) == null) {
      io.execute(this::sweepNext);
    }
  }

  /** Sweeps behind all others, and tells on the job's thread what went wrong. Does not block. */
  void sweepAtEnd(List<RetainedManifest> retained, Consumer<Optional<Throwable>> then) {
    io.execute(
        () -> {
          Optional<Throwable> failure = failureOf(retained);
          scope.jobThread().execute(() -> then.accept(failure));
        });
  }

  private void sweepNext() {
    failureOf(next.getAndSet(null))
        .ifPresent(cause -> scope.jobThread().execute(() -> listener.failed(cause)));
  }

  private Optional<Throwable> failureOf(List<RetainedManifest> retained) {
    try {
      scope.store().retainOnly(retained, scope.attempt());
      return Optional.empty();
    } catch (Throwable cause) {
      return Optional.of(cause);
    }
  }
}
