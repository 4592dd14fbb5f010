package dev.weir.internal.job;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what a running job does by itself. */
final class Eventually {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Eventually() {}

  /** Waits until it holds; fails after 20 s. */
  static void await(Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come true in " + LONGEST.toSeconds() + " s");
      }
      Thread.onSpinWait();
    }
  }
}
