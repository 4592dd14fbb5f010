package dev.weir.internal.job;

import dev.weir.connector.LedgerEntry;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.Causes;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.StorageException;
import dev.weir.internal.checkpoint.CheckpointListener.CompletedCheckpoint;
import dev.weir.internal.job.JobHandle.Cut;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.SavepointCopy;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.job.Savepoint;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final Attempts attempts;
  private final Supplier<CompletableFuture<Void>> ended;
  private final List<Request> waiting = new ArrayList<>();
  private int copying;
  private Runnable whenDone = () -> {};

  SavepointDesk(JobScope scope, Attempts attempts, Supplier<CompletableFuture<Void>> ended) {
    this.scope = scope;
    this.attempts = attempts;
    this.ended = ended;
  }

  /** Somebody wants the first checkpoint that is not below this one. */
  record Request(String target, CompletableFuture<Cut> answer, long fromCheckpoint) {}

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
        request.answer().complete(new PinnedCut(checkpoint.manifest(), attempt));
      }
    }
  }

  /** No checkpoint will come of what was asked for. */
  void refuseAll(String why) {
    waiting.forEach(request -> refuse(request.target(), request.answer(), why));
    waiting.clear();
  }

  /** Nor of this. */
  void refuse(String target, CompletableFuture<Cut> answer, String why) {
    answer.completeExceptionally(
        new CheckpointFailedException(
            "The savepoint of job '"
                + scope.name()
                + "' to "
                + target
                + " was not taken: "
                + why
                + ". Ask again when the job runs."));
  }

  /** Runs when no copy is under way any more, which may be now. */
  void afterwards(Runnable then) {
    if (copying == 0) {
      then.run();
    } else {
      whenDone = then;
    }
  }

  /** Copies what comes of a request; completes the answer when it is there, or not. */
  void copy(CompletableFuture<Cut> asked, URI target, CompletableFuture<Savepoint> answer) {
    CompletableFuture<Void> unused =
        asked
            .thenAcceptAsync(cut -> copy((PinnedCut) cut, target, answer), scope.io())
            .exceptionally(
                failure -> {
                  answer.completeExceptionally(Causes.behind(failure));
                  return null;
                });
  }

  private void copy(PinnedCut cut, URI target, CompletableFuture<Savepoint> answer) {
    Ports ports = scope.ports();
    try (SnapshotStore to = SnapshotStores.open(target, ports.disk(), ports.crashes())) {
      cut.copy(to, target.toString(), copy -> copy.exportAll(cut.manifest, ports.clock().millis()));
      answer.complete(new Savepoint(target, scope.name(), cut.checkpointId()));
    } catch (Throwable failure) {
      answer.completeExceptionally(failure);
    }
    cut.done();
  }

  /** A completed checkpoint of this job whose files stay until it is done with. */
  private final class PinnedCut implements Cut {
    private final CheckpointManifest manifest;
    private final Attempt attempt;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    PinnedCut(CheckpointManifest manifest, Attempt attempt) {
      this.manifest = manifest;
      this.attempt = attempt;
    }

    @Override
    public String job() {
      return scope.name();
    }

    @Override
    public long checkpointId() {
      return manifest.checkpointId();
    }

    @Override
    public CompletableFuture<Boolean> release() {
      CompletableFuture<Boolean> wasHeld = new CompletableFuture<>();
      if (isReleased.getAndSet(true)) {
        wasHeld.complete(false); // By now somebody else may hold it.
        return wasHeld;
      }
      CompletableFuture<Void> unused =
          ended.get().whenComplete((nothing, failure) -> wasHeld.complete(false));
      scope
          .thread()
          .execute(
              () -> {
                boolean isCurrent = attempts.running().filter(now -> now == attempt).isPresent();
                wasHeld.complete(attempt.coordinator().release() && isCurrent);
              });
      return wasHeld;
    }

    @Override
    public LedgerEntry copyTo(SnapshotStore to, String name) {
      AtomicReference<LedgerEntry> entry = new AtomicReference<>();
      long now = scope.ports().clock().millis();
      copy(to, name, copy -> entry.set(copy.exportFiles(manifest, now)));
      return entry.get();
    }

    private void copy(SnapshotStore to, String name, Consumer<SavepointCopy> how) {
      Ports ports = scope.ports();
      try (SnapshotStore from =
          SnapshotStores.open(scope.job().storage(), ports.disk(), ports.crashes())) {
        how.accept(new SavepointCopy(from, to, name, ports.crashes()));
        LOG.info("Job {}: checkpoint {} is copied to {}", scope.name(), checkpointId(), name);
      } catch (IOException e) {
        throw new StorageException(
            "Tried to close the checkpoint storage of job '"
                + scope.name()
                + "': "
                + e
                + ". Check the store and the rights.",
            e);
      }
    }

    @Override
    public void done() {
      scope.thread().execute(() -> copied(checkpointId(), attempt));
    }
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
