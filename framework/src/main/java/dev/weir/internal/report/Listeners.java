package dev.weir.internal.report;

import dev.weir.internal.base.SerialExecutor;
import dev.weir.job.JobListener;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user's listeners, in order, on an I/O thread. Thread-safe. */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<JobListener> listeners;
  private final Executor io;

  Listeners(List<JobListener> listeners, Executor io) {
    this.listeners = listeners;
    this.io = new SerialExecutor(io);
  }

  void tell(Consumer<JobListener> event) {
    listeners.forEach(listener -> io.execute(() -> tell(listener, event)));
  }

  /** Runs when everybody has been told all so far. */
  void afterwards(Runnable work) {
    io.execute(work);
  }

  private static void tell(JobListener listener, Consumer<JobListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable thrown) {
      LOG.warn("A job listener has thrown, which changes nothing", thrown);
    }
  }
}
