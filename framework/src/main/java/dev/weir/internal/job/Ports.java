package dev.weir.internal.job;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.base.Threads;
import dev.weir.internal.snapshot.Disk;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.time.Clock;

/**
 * Everything that is not deterministic and that a simulation replaces.
 *
 * @param clock the time, and waits
 * @param threads what runs beside something else
 * @param disk where checkpoints lie
 * @param crashes told of each effect
 */
public record Ports(Clock clock, Threads threads, Disk disk, CrashPoint.Hook crashes) {
  /** The machine's own; nobody is told of effects. */
  public static Ports system() {
    return new Ports(Clock.system(), Threads.system(), new FileDisk(), CrashPoint.Hook.NONE);
  }

  /** The same, and this one is told of effects. */
  public Ports with(CrashPoint.Hook hook) {
    return new Ports(clock, threads, disk, hook);
  }
}
