package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.sink.CountedProducer;
import dev.weir.connectors.kafka.sink.RecordOutput;
import dev.weir.connectors.kafka.sink.TopicDirectory;
import dev.weir.error.WeirException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The transactions of a job's checkpoints, one after the other, each through the next producer of
 * the pool. Writers of all tasks send through the current one. When all of them have prepared
 * checkpoint n, an I/O thread flushes it, and only then does the next one become current: so
 * nothing of n + 1 is sent before all of n is acknowledged. Thread-safe.
 *
 * <pre>
 *   idle ──► current ── all prepared n, flushed ──► held ── ledger entry committed ──► idle
 * </pre>
 */
final class OutputTransactions implements RecordOutput, CountedProducer.Listener {
  private static final long NO_CHECKPOINT = -1;

  private final TopicDirectory topics;
  private final Executor io;
  private final Function<Throwable, WeirException> judge;
  private final Set<Runnable> writers = new CopyOnWriteArraySet<>();
  private final Deque<CountedProducer> idle = new ArrayDeque<>();
  private Round round;
  private Held held;
  private volatile CountedProducer current;
  private volatile boolean isFailing;
  private volatile WeirException failure;

  /** Takes a pool whose ids are fenced and claimed; the judge says what a failure means. */
  OutputTransactions(
      ProducerPool pool,
      TopicDirectory topics,
      Executor io,
      Function<Throwable, WeirException> judge) {
    this.topics = topics;
    this.io = io;
    this.judge = judge;
    pool.bounded().forEach(producer -> idle.add(new CountedProducer(producer, this)));
    this.current = begun(idle.remove());
  }

  /** A checkpoint whose output is flushed and held open. */
  record Held(long checkpointId, CountedProducer transaction) {}

  /** Writers prepare one checkpoint. */
  private record Round(
      long checkpointId, Set<Runnable> prepared, CompletableFuture<Void> flushed) {}

  @Override
  public void join(Runnable onChange) {
    writers.add(onChange);
  }

  @Override
  public void leave(Runnable onChange) {
    writers.remove(onChange);
  }

  @Override
  public TopicDirectory topics() {
    return topics;
  }

  @Override
  public boolean hasRoom() {
    return !isFailing && current.hasRoom();
  }

  @Override
  public boolean isFull() {
    return current.isFull();
  }

  @Override
  public void send(List<ProducerRecord<byte[], byte[]>> burst, long bytes) {
    current.send(burst, bytes);
  }

  @Override
  public Optional<WeirException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public synchronized CompletableFuture<Void> prepare(Runnable writer, long checkpointId) {
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    if (round == null) {
      round = new Round(checkpointId, new HashSet<>(), new CompletableFuture<>());
    }
    if (round.checkpointId() != checkpointId || !round.prepared().add(writer)) {
      throw new IllegalStateException(
          "A writer prepares checkpoint "
              + checkpointId
              + " while the others prepare "
              + round.checkpointId()
              + ".");
    }
    Round now = round;
    if (now.prepared().containsAll(writers)) {
      io.execute(() -> flush(now));
    }
    return now.flushed();
  }

  /** The held output of this checkpoint; without writers, an empty transaction. */
  synchronized CountedProducer held(long checkpointId) {
    if (held == null && round == null && writers.isEmpty()) {
      held = new Held(checkpointId, current);
      current = begun(idle.remove());
    }
    if (held == null || held.checkpointId() != checkpointId) {
      throw new IllegalStateException(
          "Checkpoint "
              + checkpointId
              + " cannot be completed: held is "
              + (held == null ? "nothing" : "checkpoint " + held.checkpointId())
              + ". Prepare every writer first.");
    }
    return held.transaction();
  }

  /** An empty transaction that nobody writes to. */
  synchronized CountedProducer heldEmpty() {
    return held(NO_CHECKPOINT);
  }

  /** The producers whose transaction the broker may know of. */
  synchronized Set<Producer<byte[], byte[]>> open() {
    Set<Producer<byte[], byte[]>> open = new HashSet<>();
    if (current.hasRecords()) {
      open.add(current.producer());
    }
    if (held != null) {
      open.add(held.transaction().producer());
    }
    return open;
  }

  /** The held output is committed. */
  synchronized void committed() {
    idle.add(held.transaction());
    held = null;
  }

  @Override
  public void onRoom() {
    writers.forEach(Runnable::run);
  }

  @Override
  public void onFailure(Throwable cause) {
    fail(cause);
  }

  @Override
  public void fail(Throwable cause) {
    isFailing = true;
    io.execute(() -> failed(judge.apply(cause)));
  }

  @Override
  public void close() {
    // The producers are the ledger's.
  }

  private void flush(Round prepared) {
    CountedProducer flushing = current;
    try {
      flushing.flush();
    } catch (RuntimeException e) {
      failed(judge.apply(e));
      return;
    }
    if (flushing.failure().isEmpty() && !isFailing) {
      switchOver(prepared);
    } // Else the failure is being looked into, which ends the round.
  }

  private void switchOver(Round prepared) {
    try {
      beginNext(prepared.checkpointId());
    } catch (RuntimeException e) {
      failed(judge.apply(e));
      return;
    }
    prepared.flushed().complete(null);
    writers.forEach(Runnable::run);
  }

  private synchronized void beginNext(long checkpointId) {
    if (held != null || idle.isEmpty()) {
      throw new IllegalStateException(
          "Checkpoint " + checkpointId + " is prepared before the one before it is completed.");
    }
    CountedProducer next = begun(idle.remove());
    held = new Held(checkpointId, current);
    round = null;
    current = next;
  }

  private void failed(WeirException meaning) {
    Round ended;
    synchronized (this) {
      if (failure == null) {
        failure = meaning;
      }
      ended = round;
      round = null;
    }
    if (ended != null) {
      ended.flushed().completeExceptionally(failure);
    }
    writers.forEach(Runnable::run);
  }

  private static CountedProducer begun(CountedProducer next) {
    next.begin();
    return next;
  }
}
