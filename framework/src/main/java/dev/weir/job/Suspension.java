package dev.weir.job;

import dev.weir.error.FailureKind;

/**
 * Why a job is suspended. Immutable. The job's last completed checkpoint is kept: started again, it
 * goes on from there.
 *
 * @param kind what kind of failure it was
 * @param reason the failure's message: what was tried, what was found, what to do
 * @param diagnostics some lines for whoever looks into it: attempts, restarts, the last checkpoint,
 *     the newest failures with their times
 */
public record Suspension(FailureKind kind, String reason, String diagnostics) {}
