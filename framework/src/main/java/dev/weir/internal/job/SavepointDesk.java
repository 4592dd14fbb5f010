package dev.weir.internal.job;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.CheckpointFailedException;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.job.Savepoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests for savepoints and serves each with the first checkpoint that was triggered after
 * it: only once the ledger has completed that checkpoint its files are copied. So a savepoint never
 * holds what was not committed, and recovery never needs it. Confined to the job's thread; copies
 * run on I/O threads.
 */
final class SavepointDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SavepointDesk.class);

  private final JobScope scope;
  private final List<Request> waiting = new ArrayList<>();
  private int copying;
  private Runnable whenDone = () -> {};

  SavepointDesk(JobScope scope) {
    this.scope = scope;
  }

  /** Somebody wants the first checkpoint that is not below this one. */
  record Request(URI target, CompletableFuture<Savepoint> answer, long fromCheckpoint) {}

  void add(Request request) {
    waiting.add(request);
  }

  /** Serves whoever waits for this checkpoint; its files stay until they are copied. */
  void completed(CompletedCheckpoint checkpoint, Attempt attempt) {
    for (Iterator<Request> all = waiting.iterator(); all.hasNext(); ) {
      Request request = all.next();
      if (request.fromCheckpoint() <= checkpoint.checkpointId()) {
        all.remove();
        copying++;
        attempt.coordinator().pin(checkpoint.checkpointId());
        scope.io().execute(() -> copy(request, checkpoint.manifest(), attempt));
      }
    }
  }

  /** No checkpoint will come of what was asked for. */
  void refuseAll(String why) {
    for (Request request : waiting) {
      request
          .answer()
          .completeExceptionally(
              new CheckpointFailedException(
                  "The savepoint of job '"
                      + scope.name()
                      + "' to "
                      + request.target()
                      + " was not taken: "
                      + why
                      + ". Ask again when the job runs."));
    }
    waiting.clear();
  }

  /** Runs when no copy is under way any more, which may be now. */
  void afterwards(Runnable then) {
    if (copying == 0) {
      then.run();
    } else {
      whenDone = then;
    }
  }

  private void copy(Request request, CheckpointManifest manifest, Attempt attempt) {
    Ports ports = scope.ports();
    try (SnapshotStore from =
            SnapshotStores.open(scope.job().storage(), ports.disk(), ports.crashes());
        SnapshotStore to = SnapshotStores.open(request.target(), ports.disk(), ports.crashes())) {
      new SavepointCopy(from, to, request.target().toString(), ports.crashes())
          .exportAll(manifest, ports.clock().millis());
      LOG.info(
          "Job {}: checkpoint {} is copied as a savepoint to {}",
          scope.name(),
          manifest.checkpointId(),
          request.target());
      request
          .answer()
          .complete(new Savepoint(request.target(), scope.name(), manifest.checkpointId()));
    } catch (Throwable failure) {
      request.answer().completeExceptionally(failure);
    }
    scope.thread().execute(() -> copied(manifest.checkpointId(), attempt));
  }

  private void copied(long checkpointId, Attempt attempt) {
    attempt.coordinator().unpin(checkpointId);
    copying--;
    if (copying == 0) {
      Runnable then = whenDone;
      whenDone = () -> {};
      then.run();
    }
  }
}
