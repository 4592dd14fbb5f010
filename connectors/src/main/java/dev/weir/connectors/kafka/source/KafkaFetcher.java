package dev.weir.connectors.kafka.source;

import dev.weir.connector.ConnectorContext;
import dev.weir.error.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Runs a reader's consumer on I/O threads: at most one job at a time, which does what was asked of
 * it and polls once. At most one batch waits to be taken, so that with the one being emitted two
 * are in memory. {@link #add}, {@link #take} and {@link #publish} are called on the task's thread,
 * {@link #close} on an I/O thread.
 *
 * <pre>
 *          schedule            run              nothing to do
 *   IDLE ───────────► QUEUED ───────► RUNNING ────────────────► IDLE     (more to do: QUEUED)
 *     └── close ──► CLOSED ◄── close ───┘ closing, by the job itself
 * </pre>
 */
final class KafkaFetcher<T> implements AutoCloseable {
  private enum State {
    IDLE,
    QUEUED,
    RUNNING,
    CLOSED
  }

  private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

  private final PartitionPoller<T> poller;
  private final ConnectorContext context;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final AtomicReference<FetchedBatch<T>> waiting = new AtomicReference<>();
  private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;
  private volatile boolean isReading;
  private volatile Throwable failure;

  KafkaFetcher(PartitionPoller<T> poller, ConnectorContext context) {
    this.poller = poller;
    this.context = context;
  }

  /** Reads these too. */
  void add(List<SplitProgress<T>> splits) {
    List<SplitProgress<T>> copy = new ArrayList<>(splits);
    requests.add(() -> poller.add(copy));
    schedule();
    if (state.get() == State.RUNNING) {
      poller.wakeUp();
    }
  }

  /** Publishes offsets when the consumer is next at hand. */
  void publish(List<KafkaSplit> positions) {
    requests.add(() -> poller.publish(positions));
    schedule();
  }

  /** The batch that is there, if any; starts to fetch the next one. */
  Optional<FetchedBatch<T>> take() {
    throwFailure();
    FetchedBatch<T> batch = waiting.getAndSet(null);
    schedule();
    return Optional.ofNullable(batch);
  }

  @Override
  public void close() {
    closing = true;
    if (moveTo(State.IDLE, State.CLOSED) || moveTo(State.QUEUED, State.CLOSED)) {
      closePoller();
    } else if (state.get() != State.CLOSED) {
      poller.wakeUp();
      awaitClosed();
    }
  }

  private void throwFailure() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void awaitClosed() {
    try {
      if (!context.clock().await(closed, CLOSE_TIMEOUT_MILLIS)) {
        throw new ConnectorException(
            "Tried to close the Kafka consumer of stage '"
                + context.stageName()
                + "', but its last poll has not returned after "
                + CLOSE_TIMEOUT_MILLIS
                + " ms. It is closed when it does; look at the I/O threads if it never does.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The job closes the consumer all the same.
    }
  }

  private void schedule() {
    if (hasWork() && moveTo(State.IDLE, State.QUEUED)) {
      context.io().execute(this::run);
    }
  }

  private boolean hasWork() {
    return !closing
        && failure == null
        && (!requests.isEmpty() || (isReading && waiting.get() == null));
  }

  private void run() {
    if (!moveTo(State.QUEUED, State.RUNNING)) {
      return; // Closed meanwhile.
    }
    try {
      work();
    } catch (RuntimeException | Error e) {
      failure = e; // Thrown again on the task's thread.
      context.wakeUp();
    } finally {
      rest();
    }
  }

  private void work() {
    for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
      request.run();
    }
    if (!closing && waiting.get() == null && poller.isReading()) {
      try {
        FetchedBatch<T> batch = poller.poll();
        if (!batch.parts().isEmpty()) {
          waiting.set(batch);
          context.wakeUp();
        }
      } catch (WakeupException e) {
        // A request has come, or the end; both are looked at next.
      }
    }
    isReading = poller.isReading();
  }

  private void rest() {
    if (closing) {
      state.set(State.CLOSED);
      closePoller();
      return;
    }
    state.set(State.IDLE);
    if (closing && moveTo(State.IDLE, State.CLOSED)) {
      closePoller();
    }
    schedule();
  }

  private void closePoller() {
    try {
      poller.close();
    } finally {
      closed.countDown();
    }
  }

  private boolean moveTo(State from, State to) {
    return state.compareAndSet(from, to);
  }
}
