package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.CheckpointLedger.TakeOver;
import dev.weir.internal.base.Closing;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.SerialExecutor;
import dev.weir.internal.checkpoint.CheckpointCoordinator;
import dev.weir.internal.checkpoint.CheckpointProtocol;
import dev.weir.internal.checkpoint.CheckpointScope;
import dev.weir.internal.checkpoint.CheckpointTiming;
import dev.weir.internal.query.QueryDesk;
import dev.weir.internal.runtime.Execution;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBases;
import dev.weir.internal.state.StateStore;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * Brings up one attempt: fences and reads the ledger first, then loads exactly the checkpoint that
 * it names, then builds the tasks. Blocks; on one I/O thread.
 */
final class AttemptStarter {
  private final JobDefinition job;
  private final Ports ports;
  private final Executor io;
  private final AttemptEvents events;
  private final QueryDesk queries;
  private final SerialExecutor serialIo;
  private final Closing resources = new Closing();
  private final AttemptResources made;
  private Optional<Tenure> tenure = Optional.empty();
  private CheckpointStore store;
  private Lineage lineage = Lineage.NONE;
  private Map<String, String> writtenNames = Map.of();

  AttemptStarter(
      JobDefinition job, Ports ports, Executor io, AttemptEvents events, QueryDesk queries) {
    this.queries = queries;
    this.job = job;
    this.ports = ports;
    this.io = io;
    this.events = events;
    this.serialIo = new SerialExecutor(io);
    this.made = new AttemptResources(job, ports, io, resources);
  }

  /** Returns an attempt whose tasks do not step yet; where that fails, nothing is left open. */
  Attempt start() throws Exception {
    try {
      return tryStart();
    } catch (Throwable failure) {
      try {
        resources.close();
      } catch (Exception alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** Since it has taken over, also if the start fails later; ask when it has returned. */
  Optional<Tenure> tenure() {
    return tenure;
  }

  private Attempt tryStart() throws Exception {
    store = made.store();
    CheckpointLedger ledger = made.ledger();
    TakeOver taken = ledger.takeOver();
    tenure = Optional.of(new Tenure(taken.attempt(), ledger));
    ports.crashes().reached(CrashPoint.TAKEN_OVER, -1);
    TakeOver takeOver = new SavepointRestore(job, ports).orSavepoint(taken, made.objects());
    Optional<CheckpointManifest> restored = restored(takeOver);
    lineage = lineage(restored, takeOver);
    StateStore.Origin origin =
        new StateStore.Origin(job.name(), lineage, restored, store, writtenNames);
    StateStore states = made.states(origin, events::failed);
    Executions executions =
        new Executions(
            new Executions.Room(
                takeOver.attempt(),
                ports,
                io,
                events,
                queries,
                made,
                new Executions.Kept(ledger, store, states)),
            openSources());
    Execution execution = resources.add(executions).first(job, restored);
    made.restored();
    ports.crashes().reached(CrashPoint.RESTORED, -1);
    boolean isNew = restored.isEmpty() || executions.hasNewSource(restored);
    CheckpointCoordinator coordinator =
        coordinator(states.bases(), ledger, takeOver, execution, isNew);
    takeOver
        .lastCompleted()
        .ifPresent(e -> coordinator.restored(CheckpointStore.fileOf(e), restored.get()));
    return new Attempt(
        tenure.get(),
        new Attempt.Room(executions, serialIo, events, ports.clock(), origin),
        execution,
        coordinator,
        isNew,
        resources);
  }

  private Optional<CheckpointManifest> restored(TakeOver takeOver) {
    OptionalLong newest = store.newestManifest();
    if (!job.config().startFresh() && job.config().restoreFrom().isEmpty()) {
      RestoreCheck.checkLedger(takeOver.lastCompleted(), newest, job.name(), job.storageName());
    }
    if (takeOver.lastCompleted().isEmpty()) {
      return Optional.empty();
    }
    CheckpointManifest manifest = store.readManifest(takeOver.lastCompleted().get());
    RestoreCheck check = new RestoreCheck(manifest, job.graph().logical());
    check.check(job.config());
    writtenNames = check.writtenNames();
    return Optional.of(check.underNamesOfNow());
  }

  /** This attempt goes on from what it restores. */
  private Lineage lineage(Optional<CheckpointManifest> restored, TakeOver takeOver) {
    return restored
        .map(CheckpointManifest::lineage)
        .orElse(Lineage.NONE)
        .with(new Lineage.Run(takeOver.attempt(), ports.clock().millis(), nextId(takeOver)));
  }

  private static long nextId(TakeOver takeOver) {
    return takeOver.lastCompleted().map(entry -> entry.checkpointId() + 1).orElse(0L);
  }

  private List<SourceSplits> openSources() throws Exception {
    List<SourceSplits> sources = new ArrayList<>();
    for (Stage stage : job.graph().logical().stages()) {
      if (stage instanceof Stage.SourceStage<?> source) {
        sources.add(
            resources.add(
                new SourceSplits(
                    stage.name(), source.source().createEnumerator(made.context(stage.name())))));
      }
    }
    return sources;
  }

  private CheckpointCoordinator coordinator(
      SharedBases bases,
      CheckpointLedger ledger,
      TakeOver takeOver,
      Execution execution,
      boolean isFirstDueNow) {
    long now = ports.clock().monotonicMillis();
    CheckpointTiming timing = CheckpointTiming.of(job.config().checkpoints());
    CheckpointProtocol protocol =
        new CheckpointProtocol(
            execution.taskIds(),
            nextId(takeOver),
            isFirstDueNow ? CheckpointTiming.First.at(now) : timing.afterRestore(now),
            timing);
    CheckpointScope scope =
        new CheckpointScope(
            job.name(),
            takeOver.attempt(),
            job.config().maxParallelism(),
            lineage,
            job.config().checkpoints().retained(),
            store,
            bases,
            ledger,
            serialIo,
            io,
            events,
            ports.clock(),
            ports.crashes());
    return new CheckpointCoordinator(protocol, scope, execution, events);
  }
}
