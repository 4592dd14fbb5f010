package dev.weir.connectors.kafka.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One writer's way to its output, in order. Usually records are collected and sent in bursts, so
 * that writers who share a producer seldom meet in it. Where a send would block (a call of the task
 * gives more than the producer holds, or the topic is new) they are kept, and I/O threads send
 * them; until they are gone later ones queue behind them. {@link #send}, {@link #flush} and {@link
 * #whenEmpty} are the task thread's; {@link #advance} is any thread's.
 */
final class SendLane<T> {
  private static final int MAX_BURST = 512;
  private static final long MAX_BURST_BYTES = 64 * 1024;
  private static final int BURSTS_PER_BUFFER = 8;

  private final RecordFactory<T> records;
  private final RecordOutput output;
  private final Executor io;
  private final long maxBurstBytes;
  private final Queue<Kept<T>> kept = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isDraining = new AtomicBoolean();
  private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);
  private volatile int keptCount;
  private List<ProducerRecord<byte[], byte[]>> burst = new ArrayList<>();
  private long burstBytes;
  private String knownTopic = "";

  /** The output holds so many bytes. */
  SendLane(RecordFactory<T> records, RecordOutput output, Executor io, long bufferBytes) {
    this.records = records;
    this.output = output;
    this.io = io;
    this.maxBurstBytes = Math.min(MAX_BURST_BYTES, bufferBytes / BURSTS_PER_BUFFER);
  }

  /** A record that waits; its value is there for as long as its partition is open. */
  private record Kept<T>(ProducerRecord<byte[], byte[]> record, Optional<T> value) {}

  boolean isEmpty() {
    return keptCount == 0;
  }

  /** Sends with the next flush or before, or keeps for later; waits for another's burst at most. */
  void send(ProducerRecord<byte[], byte[]> record, T value) {
    if (!isKnown(record.topic())) {
      flush();
      keep(record, Optional.of(value));
      return;
    }
    burst.add(records.placed(record, value, output.topics()));
    burstBytes += CountedProducer.sizeOf(record);
    if (burst.size() == MAX_BURST || burstBytes >= maxBurstBytes) {
      flush();
    }
  }

  private boolean isKnown(String topic) {
    if (!topic.equals(knownTopic) && output.topics().isKnown(topic)) {
      knownTopic = topic;
    }
    return topic.equals(knownTopic);
  }

  /** Sends what is collected, or keeps it for later; waits for another's burst at most. */
  void flush() {
    if (burst.isEmpty()) {
      return;
    }
    if (isEmpty() && !output.isFull()) {
      output.send(burst, burstBytes);
    } else {
      burst.forEach(record -> keep(record, Optional.empty()));
    }
    // Not cleared: to write to an old list costs the collector more than a young one.
    burst = new ArrayList<>(burst.size());
    burstBytes = 0;
  }

  private void keep(ProducerRecord<byte[], byte[]> record, Optional<T> value) {
    count(1);
    kept.add(new Kept<>(record, value));
    advance();
  }

  /** Done when everything flushed so far is sent. */
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
      ProducerRecord<byte[], byte[]> record =
          next.value()
              .map(value -> records.placed(next.record(), value, output.topics()))
              .orElse(next.record());
      output.send(List.of(record), CountedProducer.sizeOf(record));
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
