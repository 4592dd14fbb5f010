package dev.weir.testing.fault;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live children of this JVM, killed when it ends. By handle, because {@link
 * Process#destroyForcibly} also closes the child's output before its last lines are read.
 * Thread-safe.
 */
final class Processes {
  private static final Set<Process> LIVE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> LIVE.forEach(child -> child.toHandle().destroyForcibly()),
                "weir-child-reaper"));
  }

  private Processes() {}

  static Process reapAtEnd(Process process) {
    LIVE.removeIf(child -> !child.isAlive());
    LIVE.add(process);
    return process;
  }

  /** Waits for a process that is known to be ending, also when the thread is interrupted. */
  static int awaitExit(Process process) {
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor();
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
