package dev.weir.internal.checkpoint;

import dev.weir.connector.CheckpointLedger;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBases;
import dev.weir.time.Clock;
import java.util.concurrent.Executor;

/**
 * What the coordinator of one attempt works with.
 *
 * @param job the job's name
 * @param attempt the attempt's number
 * @param maxParallelism number of key groups
 * @param lineage of the checkpoints that the attempt takes
 * @param retained how many completed checkpoints are kept
 * @param store where files lie
 * @param bases what checkpoints stand on
 * @param ledger where checkpoints are completed
 * @param io runs blocking work, one after the other
 * @param ioBeside runs blocking work beside that
 * @param jobThread runs on the job's thread
 * @param clock the time
 * @param crashes told of each effect
 */
public record CheckpointScope(
    String job,
    long attempt,
    int maxParallelism,
    Lineage lineage,
    int retained,
    CheckpointStore store,
    SharedBases bases,
    CheckpointLedger ledger,
    Executor io,
    Executor ioBeside,
    Executor jobThread,
    Clock clock,
    CrashPoint.Hook crashes) {}
