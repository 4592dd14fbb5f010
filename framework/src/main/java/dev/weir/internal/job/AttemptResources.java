package dev.weir.internal.job;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.connector.CheckpointLedger;
import dev.weir.connector.LedgerTiming;
import dev.weir.connector.OwnerBeacon;
import dev.weir.connector.SnapshotStore;
import dev.weir.connector.SourceContext;
import dev.weir.internal.base.Closing;
import dev.weir.internal.owner.FileBeacon;
import dev.weir.internal.owner.StoreBeacon;
import dev.weir.internal.report.ScopedMeters;
import dev.weir.internal.runtime.StateBackendFactory;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileLedger;
import dev.weir.internal.snapshot.SnapshotStores;
import dev.weir.internal.snapshot.StoreLedger;
import dev.weir.internal.snapshot.warm.WarmedStore;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.checked.CheckedBackend;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.internal.state.rocksdb.RocksStateStore;
import dev.weir.internal.state.rocksdb.StateMemory;
import dev.weir.job.CheckpointOptions;
import dev.weir.job.StateOptions;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Opens what an attempt works with, each to be closed with it. Blocks; on one I/O thread. */
final class AttemptResources {
  /** A sign of life in an object store is some requests, which cost money. */
  private static final Duration PAUSE_IN_STORES = Duration.ofSeconds(3);

  private final JobDefinition job;
  private final Ports ports;
  private final Executor io;
  private final Closing resources;
  private final ScopedMeters meters;
  private SnapshotStore objects;
  private Optional<WarmedStore> warmed = Optional.empty();

  AttemptResources(JobDefinition job, Ports ports, Executor io, Closing resources) {
    this.job = job;
    this.ports = ports;
    this.io = io;
    this.resources = resources;
    this.meters = resources.add(ScopedMeters.shown(job.config().meters()));
  }

  /** The job's checkpoints, in a store that is checked and marked as this job's. */
  CheckpointStore store() {
    objects = resources.add(SnapshotStores.open(job.storage(), ports.disk(), ports.crashes()));
    warmed = job.warmFiles(ports.disk()).map(files -> WarmedStore.over(objects, files));
    warmed.ifPresent(over -> objects = over);
    CheckpointOptions options = job.config().checkpoints();
    CheckpointStore store =
        new CheckpointStore(
            objects,
            job.storageName(),
            ports.crashes(),
            new CheckpointStore.Writing(options.writeRetries(), options.compression()));
    store.open(job.name());
    return store;
  }

  /** All is restored: what a standby has kept warm is not read any more. */
  void restored() {
    warmed.ifPresent(WarmedStore::forgetCopies);
  }

  /** What {@link #store} has opened. */
  SnapshotStore objects() {
    return objects;
  }

  /** The ledger that the sinks offer, or else one beside the checkpoints; not taken over yet. */
  CheckpointLedger ledger() {
    CheckpointOptions options = job.config().checkpoints();
    LedgerTiming timing =
        new LedgerTiming(options.interval().map(options::longestGap), options.timeout());
    return resources.add(
        job.ledger()
            .map(factory -> factory.create(context("ledger"), timing))
            .orElseGet(this::ledgerOfStore));
  }

  /** Where the job's instances see each other: where the ledger is. */
  Optional<OwnerBeacon> beacon() {
    return job.ledger().isPresent()
        ? job.ledger().get().beacon(context("ledger"))
        : Optional.of(beaconOfStore());
  }

  /** Who cannot use the storage, or is another job, is refused before he shows himself. */
  private OwnerBeacon beaconOfStore() {
    CheckpointStore checked = store();
    return SnapshotStores.folderOf(job.storage())
        .<OwnerBeacon>map(folder -> new FileBeacon(folder, job.name(), ports.disk()))
        .orElseGet(
            () -> new StoreBeacon(objects, checked.root(), job.name(), pauseIn(job.storage())));
  }

  private static Duration pauseIn(URI storage) {
    return SnapshotStores.isInMemory(storage) ? Duration.ZERO : PAUSE_IN_STORES;
  }

  private CheckpointLedger ledgerOfStore() {
    return SnapshotStores.folderOf(job.storage())
        .<CheckpointLedger>map(folder -> new FileLedger(folder, job.name(), ports.disk()))
        .orElseGet(() -> new StoreLedger(objects, job.storageName(), job.name()));
  }

  /**
   * Opens keyed state as the configuration says.
   *
   * @param failed told of what goes wrong behind the tasks' backs
   */
  StateStore states(StateStore.Origin origin, Consumer<Throwable> failed) {
    StateStore states = resources.add(stateStore(failed));
    states.begin(origin);
    return states;
  }

  /** Makes the keyed state of each task. */
  StateBackendFactory backends(StateStore states, long attempt, int parallelism) {
    int maxParallelism = job.config().maxParallelism();
    return (stage, subtask) -> {
      StateScope scope = StateScope.of(stage, subtask, attempt, maxParallelism, parallelism);
      KeyedStateBackend backend = states.backend(scope);
      return job.config().state().checkValues() ? new CheckedBackend(stage, backend) : backend;
    };
  }

  private StateStore stateStore(Consumer<Throwable> failed) {
    RocksStateStore.Engine engine =
        new RocksStateStore.Engine(io, ports.crashes(), failed).with(memory());
    return switch (job.config().state().backend()) {
      case HEAP -> new HeapStateStore(RocksBaseRows::open);
      case ROCKSDB ->
          job.config()
              .state()
              .localDirectory()
              .map(directory -> RocksStateStore.in(directory.resolve(job.name()), engine))
              .orElseGet(() -> RocksStateStore.inTemporary(engine));
    };
  }

  JobContext context(String stage) {
    return new JobContext(job.name(), stage, ports.clock(), io, meters.registry());
  }

  private StateMemory memory() {
    long heap = Runtime.getRuntime().maxMemory();
    return StateMemory.of(
        job.config().state().memory().orElseGet(() -> freeMemory(heap) / 2), heap);
  }

  /** What the heap leaves of the machine's memory, or of the container's if that has a limit. */
  private static long freeMemory(long heap) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Math.max(2 * StateOptions.LEAST_MEMORY, system.getTotalMemorySize() - heap);
  }

  /**
   * What enumerators and ledgers may use: there is one of each per attempt, so the subtask is 0 of
   * 1.
   */
  private record JobContext(
      String jobName, String stageName, Clock clock, Executor io, MeterRegistry meters)
      implements SourceContext {

    @Override
    public int subtaskIndex() {
      return 0;
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public void wakeUp() {}

    @Override
    public Tags tags() {
      return Tags.of("job", jobName, "stage", stageName);
    }
  }
}
