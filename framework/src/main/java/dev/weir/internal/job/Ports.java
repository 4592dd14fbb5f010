package dev.weir.internal.job;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.Disk;
import dev.weir.time.Clock;

/**
 * Everything that is not deterministic and that a simulation replaces.
 *
 * @param clock the time
 * @param disk where checkpoints lie
 * @param crashes told of each effect
 */
public record Ports(Clock clock, Disk disk, CrashPoint.Hook crashes) {}
