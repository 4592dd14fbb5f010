package dev.weir.internal.runtime;

import dev.weir.connector.CheckpointLedger;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.InFlight;
import dev.weir.internal.base.Threads;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.internal.task.TaskEvents;
import dev.weir.job.CheckpointingMode;
import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executor;

/**
 * What all tasks of one attempt share.
 *
 * @param ledger taken over for this attempt
 * @param store where state files lie
 * @param packs where tasks write theirs
 * @param mode whether barriers are aligned
 * @param backends makes keyed state
 * @param events what tasks tell the job
 * @param threads makes the workers
 * @param io runs a connector's blocking work
 * @param stateIo writes state files
 * @param clock the time
 * @param meters this attempt's own registry
 * @param crashes told of each effect
 */
public record AttemptScope(
    CheckpointLedger ledger,
    CheckpointStore store,
    StatePack.OfAttempt packs,
    CheckpointingMode mode,
    StateBackendFactory backends,
    TaskEvents events,
    Threads threads,
    Executor io,
    InFlight stateIo,
    Clock clock,
    MeterRegistry meters,
    CrashPoint.Hook crashes) {}
