package dev.weir.connectors.kafka.sink;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One writer's way to its output, in order. Usually a plain call. Where a send would block (a call
 * of the task gives more than the producer holds, or the topic is new) records are kept, and I/O
 * threads send them; until they are gone later ones queue behind them. {@link #send} and {@link
 * #whenEmpty} are the task thread's; {@link #advance} is any thread's.
 */
final class SendLane<T> {
  private final RecordFactory<T> records;
  private final RecordOutput output;
  private final Executor io;
  private final Queue<Kept<T>> kept = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isDraining = new AtomicBoolean();
  private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);
  private volatile int keptCount;

  SendLane(RecordFactory<T> records, RecordOutput output, Executor io) {
    this.records = records;
    this.output = output;
    this.io = io;
  }

  /** A record that waits. */
  private record Kept<T>(ProducerRecord<byte[], byte[]> record, T value) {}

  boolean isEmpty() {
    return keptCount == 0;
  }

  /** Sends, or keeps for later; never blocks. */
  void send(ProducerRecord<byte[], byte[]> record, T value) {
    if (isEmpty() && !output.isFull() && output.topics().isKnown(record.topic())) {
      output.send(records.placed(record, value, output.topics()));
      return;
    }
    count(1);
    kept.add(new Kept<>(record, value));
    advance();
  }

  /** Done when everything given so far is sent. */
  synchronized CompletableFuture<Void> whenEmpty() {
    return empty;
  }

  /** Goes on sending what is kept, if there is room. */
  void advance() {
    if (!kept.isEmpty() && isDraining.compareAndSet(false, true)) {
      io.execute(this::drain);
    }
  }

  private void drain() {
    boolean hasRoom = true;
    while (hasRoom && !kept.isEmpty()) {
      hasRoom = !output.isFull() || output.hasRoom() || output.failure().isPresent();
      if (hasRoom) {
        sendKept(kept.remove());
      }
    }
    isDraining.set(false);
    if (hasRoom || output.hasRoom()) {
      advance(); // For records, or room, that came in between.
    }
  }

  private void sendKept(Kept<T> next) {
    try {
      output.topics().learn(next.record().topic());
      output.send(records.placed(next.record(), next.value(), output.topics()));
    } catch (RuntimeException e) {
      output.fail(e);
    }
    count(-1);
  }

  private void count(int change) {
    CompletableFuture<Void> emptied = null;
    synchronized (this) {
      if (keptCount == 0) {
        empty = new CompletableFuture<>();
      }
      keptCount += change;
      if (keptCount == 0) {
        emptied = empty;
      }
    }
    if (emptied != null) {
      emptied.complete(null);
    }
  }
}
