package dev.weir.testing.suite.job;

import dev.weir.internal.base.CrashPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets this JVM die, or wait for a file, at one occurrence of one moment. Called on the threads
 * that do the effects.
 */
final class Striker implements CrashPoint.Hook {
  /** The exit code of a JVM that was struck; the same as of one that is killed. */
  static final int STRUCK = 137;

  private static final long POLL_NANOS = 1_000_000;

  private final Optional<String> moment;
  private final int occurrence;
  private final Optional<Path> gate;
  private final Optional<String> then;
  private volatile boolean isAtGate;
  private volatile boolean isArmed;
  private final AtomicInteger seen = new AtomicInteger();

  Striker(Settings settings) {
    this.moment = settings.optional(Setting.MOMENT);
    this.occurrence = settings.optional(Setting.OCCURRENCE).map(Integer::parseInt).orElse(1);
    this.gate = settings.optional(Setting.GATE).map(Path::of);
    this.then = settings.optional(Setting.THEN);
    this.isArmed = settings.optional(Setting.ASK).isEmpty();
  }

  /** From now on it counts. */
  void arm() {
    isArmed = true;
  }

  @Override
  public void reached(CrashPoint point, long checkpointId) {
    reached(point.name());
  }

  void reached(Moment at) {
    reached(at.name());
  }

  /** Whether this moment is the one that is waited for. */
  boolean watches(Moment at) {
    return moment.equals(Optional.of(at.name()));
  }

  /** Counts; whether it is now. For moments that need more than dying at once. */
  boolean isNow(Moment at) {
    return isArmed && watches(at) && seen.incrementAndGet() == occurrence;
  }

  void announce() {
    System.out.println("AT " + moment.orElseThrow() + " " + occurrence);
    System.out.flush();
  }

  static void die() {
    Runtime.getRuntime().halt(STRUCK);
  }

  private void reached(String name) {
    if (isAtGate && then.equals(Optional.of(name))) {
      die();
    }
    if (isArmed && moment.equals(Optional.of(name)) && seen.incrementAndGet() == occurrence) {
      announce();
      gate.ifPresentOrElse(this::pass, Striker::die);
    }
  }

  /** Others go on meanwhile, so what shall come then may come before the gate opens. */
  private void pass(Path file) {
    isAtGate = true;
    while (!Files.exists(file)) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
