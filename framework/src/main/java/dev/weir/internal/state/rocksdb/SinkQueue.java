package dev.weir.internal.state.rocksdb;

import dev.weir.error.Causes;
import dev.weir.internal.state.BottomStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Runs sinking layers one after the other on an executor; after a failure no more. Fed by one
 * thread.
 */
final class SinkQueue {
  private final Executor executor;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  SinkQueue(Executor executor) {
    this.executor = executor;
  }

  BottomStore.Sinking add(Runnable sink) {
    CompletableFuture<Void> done = last.thenRunAsync(sink, executor);
    last = done;
    return () -> isDone(done);
  }

  private static boolean isDone(CompletableFuture<Void> done) {
    if (!done.isDone()) {
      return false;
    }
    try {
      done.join();
      return true;
    } catch (CompletionException e) {
      throw Causes.behind(e) instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Waits; a failure is not told again, since what failed to sink is given up with the backend. */
  void awaitEmpty() {
    last.handle((nothing, failure) -> failure).join();
  }
}
