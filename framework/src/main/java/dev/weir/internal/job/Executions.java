package dev.weir.internal.job;

import dev.weir.connector.CheckpointLedger;
import dev.weir.internal.base.Closing;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.InFlight;
import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.query.QueryDesk;
import dev.weir.internal.report.ScopedMeters;
import dev.weir.internal.runtime.AttemptScope;
import dev.weir.internal.runtime.Execution;
import dev.weir.internal.runtime.ExecutionAssembly;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.state.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Brings up the tasks of an attempt, and when its parallelism changes others in their place: with
 * the same ledger, store and state. Blocks; confined to the attempt's serial I/O executor, and to
 * whoever closes the attempt after that.
 */
final class Executions implements AutoCloseable {
  private final Room room;
  private final List<SourceSplits> sources;
  private Closing opened = new Closing();
  private Execution newest;
  private Optional<Opening> prepared = Optional.empty();

  /** For an attempt that has opened this. */
  Executions(Room room, List<SourceSplits> sources) {
    this.room = room;
    this.sources = List.copyOf(sources);
  }

  /**
   * What all tasks of an attempt have in common.
   *
   * @param attempt the attempt's number
   * @param ports what the job runs on
   * @param io for what blocks
   * @param events what tasks tell the job
   * @param queries takes queries to the tasks
   * @param made opens the rest
   * @param kept where it is kept what tasks do
   */
  record Room(
      long attempt,
      Ports ports,
      Executor io,
      AttemptEvents events,
      QueryDesk queries,
      AttemptResources made,
      Kept kept) {}

  /** Ledger, files and state of an attempt. */
  record Kept(CheckpointLedger ledger, CheckpointStore store, StateStore states) {}

  /** Tasks that are being brought up. */
  private record Opening(ExecutionAssembly assembly, ScopedMeters meters) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      try (meters) {
        assembly.close();
      }
    }
  }

  /** The first tasks; they do not step yet. */
  Execution first(JobDefinition job, Optional<CheckpointManifest> restored) throws Exception {
    List<List<SplitState>> splits =
        sources.stream().map(source -> splitsOf(source, restored)).toList();
    return open(job, opening(job), restored, splits);
  }

  /** Opens what tasks in the place of these will need, while these go on. */
  void prepare(JobDefinition job) throws Exception {
    Opening opening = opening(job);
    try {
      opening.assembly().openReaders();
    } catch (Throwable failure) {
      try (opening) {
        throw failure;
      }
    }
    prepared = Optional.of(opening);
  }

  private Opening opening(JobDefinition job) {
    ScopedMeters meters = ScopedMeters.hidden(job.config().meters());
    return new Opening(new ExecutionAssembly(job.graph(), scope(job, meters)), meters);
  }

  /**
   * Those that are prepared in the place of those that have halted; they do not step yet.
   *
   * @param job as it runs from now on
   * @param origin the completed checkpoint at which they have halted
   */
  Execution next(JobDefinition job, StateStore.Origin origin) throws Exception {
    CheckpointManifest manifest = origin.manifest().orElseThrow();
    newest.settle();
    reached(CrashPoint.RESCALE_HALTED, manifest);
    List<List<SplitState>> splits =
        sources.stream().map(source -> source.halted(partOf(source, manifest))).toList();
    opened.close();
    room.kept().states().handOver(origin);
    Opening opening = prepared.orElseThrow();
    prepared = Optional.empty();
    Execution next = open(job, opening, origin.manifest(), splits);
    reached(CrashPoint.RESCALE_ASSIGNED, manifest);
    return next;
  }

  private void reached(CrashPoint point, CheckpointManifest manifest) {
    room.ports().crashes().reached(point, manifest.checkpointId());
  }

  private Execution open(
      JobDefinition job,
      Opening opening,
      Optional<CheckpointManifest> from,
      List<List<SplitState>> splits)
      throws Exception {
    opened = new Closing();
    opened.add(opening).meters().show();
    newest =
        opened.add(
            opening
                .assembly()
                .assemble(from.map(CheckpointManifest::stages).orElse(job.nothing())));
    TaskMeters.bind(job.name(), newest, opening.meters().registry());
    opened.add(room.queries().open(newest));
    assign(splits);
    return newest;
  }

  private AttemptScope scope(JobDefinition job, ScopedMeters meters) {
    Ports ports = room.ports();
    Kept kept = room.kept();
    return new AttemptScope(
        kept.ledger(),
        kept.store(),
        new StatePack.OfAttempt(kept.store(), room.attempt(), job.graph().taskCount()),
        job.config().checkpoints().mode(),
        room.made().backends(kept.states(), room.attempt(), job.graph().parallelism()),
        room.events(),
        ports.threads(),
        room.io(),
        new InFlight(room.io(), ports.clock()),
        ports.clock(),
        meters.registry(),
        ports.crashes());
  }

  private void assign(List<List<SplitState>> splits) {
    int n = newest.graph().parallelism();
    for (int i = 0; i < sources.size(); i++) {
      List<List<SplitState>> assigned = SplitAssignment.assign(splits.get(i), n);
      for (int subtask = 0; subtask < n; subtask++) {
        newest.addSplits(sources.get(i).stage(), subtask, assigned.get(subtask));
      }
    }
  }

  private static List<SplitState> splitsOf(
      SourceSplits source, Optional<CheckpointManifest> restored) {
    return isNew(source, restored)
        ? source.initial()
        : source.restored(partOf(source, restored.orElseThrow()));
  }

  private static List<SplitState> partOf(SourceSplits source, CheckpointManifest manifest) {
    return SourcePart.decode(source.stage(), manifest.stages().get(source.stage()));
  }

  /** Whether a source is not in what is restored, so that it begins where the user asked for. */
  boolean hasNewSource(Optional<CheckpointManifest> restored) {
    return sources.stream().anyMatch(source -> isNew(source, restored));
  }

  private static boolean isNew(SourceSplits source, Optional<CheckpointManifest> restored) {
    return restored.filter(m -> m.stages().containsKey(source.stage())).isEmpty();
  }

  /** What looks for new splits for these tasks; on the job's thread. */
  List<Attempt.Discovery> discoveries(Execution execution, Executor serialIo) {
    return sources.stream()
        .map(source -> new Attempt.Discovery(source, execution, serialIo, room.events()))
        .toList();
  }

  @Override
  public void close() throws Exception {
    try (Closing closing = new Closing()) {
      prepared.ifPresent(closing::add);
      closing.add(opened);
    }
  }
}
