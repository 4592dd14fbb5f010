package dev.weir.internal.base;

import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * The port for threads: everything in the engine that runs beside something else runs on a thread
 * made here, and waits here or by the {@link dev.weir.time.Clock}. Thread-safe.
 */
public interface Threads {
  /** The JVM's own. */
  static Threads system() {
    return SystemThreads.INSTANCE;
  }

  /** A thread that is not started. */
  Strand strand(String name, boolean isDaemon, Runnable body);

  /**
   * Threads for blocking work, as many as there is at once; idle ones end.
   *
   * @param name what the threads' names begin with
   */
  ExecutorService io(String name);

  /** How many threads can run at the same moment. */
  int processors();

  /** One thread. Thread-safe. */
  interface Strand {
    /** Begins to run the body; once. */
    void start();

    /** Waits until {@link #unpark} or for so long; may return early. On the strand itself only. */
    void park(long nanos);

    /** Ends the wait of {@link #park}, or else the next one at once. */
    void unpark();

    /** Interrupts a wait in user code. */
    void interrupt();

    /** What it is doing, the innermost call first; empty if it cannot be told. */
    List<StackTraceElement> stack();

    /** Waits for the end of the body; false if it has not ended in time. */
    boolean join(long timeoutMillis) throws InterruptedException;
  }
}
