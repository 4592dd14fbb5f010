package dev.weir.connectors.kafka.sink;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A producer that counts the bytes on their way and keeps its first failure; inside Weir only.
 * Thread-safe: task and I/O threads send, the producer's own thread answers.
 */
public final class CountedProducer {
  /** What a record costs beyond key and value; an estimate. */
  private static final int RECORD_OVERHEAD_BYTES = 96;

  /**
   * More on its way is not sent sooner; it only lives longer, and the next barrier waits for it.
   */
  private static final long MOST_ROOM_BYTES = 8 << 20;

  private final Producer<byte[], byte[]> producer;
  private final long roomBytes;
  private final long fullBytes;
  private final Listener listener;
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean roomIsAwaited;
  private volatile boolean hasRecords;

  /** Told on the producer's thread, or on the one that sends; must not block. */
  public interface Listener {
    /** There is room again, after somebody was told that there is none. */
    void onRoom();

    /**
     * The first failure.
     *
     * @param cause the failure
     */
    void onFailure(Throwable cause);
  }

  /**
   * A producer and the bytes that it may hold.
   *
   * @param producer the producer
   * @param bufferBytes its {@code buffer.memory}
   */
  public record Bounded(Producer<byte[], byte[]> producer, long bufferBytes) {}

  /**
   * There is room up to half of the buffer, 8 MiB at most; up to three quarters of the buffer a
   * send does not block.
   *
   * @param bounded the producer
   * @param listener told of room and of failures
   */
  public CountedProducer(Bounded bounded, Listener listener) {
    this.producer = bounded.producer();
    this.roomBytes = Math.min(bounded.bufferBytes() / 2, MOST_ROOM_BYTES);
    this.fullBytes = bounded.bufferBytes() / 4 * 3;
    this.listener = listener;
  }

  /**
   * @return the producer, for its transactions
   */
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  /**
   * Sends; a failure is kept, and told to the listener. Sends nothing after a failure. One thread
   * at a time: what the producer's inside shares between threads it shares for every record, which
   * costs more than to wait for a burst.
   *
   * @param burst the records, in order
   * @param bytes their {@link #sizeOf sizes} together
   */
  public synchronized void send(Iterable<ProducerRecord<byte[], byte[]>> burst, long bytes) {
    hasRecords = true;
    inFlightBytes.addAndGet(bytes);
    for (ProducerRecord<byte[], byte[]> record : burst) {
      send(record);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    if (failure.get() != null) {
      return;
    }
    Sent sent = new Sent(sizeOf(record));
    try {
      Future<RecordMetadata> unused = producer.send(record, sent); // The callback tells all.
    } catch (RuntimeException e) {
      sent.onCompletion(null, e);
    }
  }

  /**
   * @return whether to begin more work; if not, the listener is told when there is room
   */
  public boolean hasRoom() {
    if (inFlightBytes.get() < roomBytes) {
      return true;
    }
    roomIsAwaited = true;
    return inFlightBytes.get() < roomBytes;
  }

  /**
   * @return whether a send could block
   */
  public boolean isFull() {
    return inFlightBytes.get() >= fullBytes;
  }

  /** Begins a transaction. */
  public void begin() {
    hasRecords = false;
    producer.beginTransaction();
  }

  /**
   * @return whether anything was sent in this transaction
   */
  public boolean hasRecords() {
    return hasRecords;
  }

  /** Waits until every record is acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  /**
   * @return the first failure
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  private void fail(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      listener.onFailure(cause);
    }
  }

  /**
   * @param record a record
   * @return what it takes of the producer's memory; an estimate
   */
  public static long sizeOf(ProducerRecord<byte[], byte[]> record) {
    return (long) RECORD_OVERHEAD_BYTES
        + (record.key() == null ? 0 : record.key().length)
        + (record.value() == null ? 0 : record.value().length);
  }

  /** The broker's answer for one record. */
  private final class Sent implements Callback {
    private final long bytes;

    Sent(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
      long left = inFlightBytes.addAndGet(-bytes);
      if (exception != null) {
        fail(exception);
      }
      if (left < roomBytes && roomIsAwaited) {
        roomIsAwaited = false;
        listener.onRoom();
      }
    }
  }
}
