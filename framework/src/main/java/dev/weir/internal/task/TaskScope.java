package dev.weir.internal.task;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.Mailbox;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.snapshot.StatePack;
import dev.weir.job.CheckpointingMode;
import dev.weir.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a task works with besides its operators and gates.
 *
 * @param mailbox requests to the task
 * @param senders the tasks that it reads, by input; none for a source
 * @param mode whether barriers are aligned
 * @param events what the task tells
 * @param packs where its state files go
 * @param io runs blocking work
 * @param clock the time
 * @param crashes told of each effect
 */
public record TaskScope(
    Mailbox mailbox,
    List<TaskId> senders,
    CheckpointingMode mode,
    TaskEvents events,
    StatePack.OfAttempt packs,
    Executor io,
    Clock clock,
    CrashPoint.Hook crashes) {}
