package dev.weir.connectors.kafka.sink;

import dev.weir.error.WeirException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where writers' records go; inside Weir only. Thread-safe; only {@link #send} may block, and only
 * when full.
 */
public interface RecordOutput {
  /**
   * A writer begins to use it.
   *
   * @param onChange told whenever room, the transaction or health have changed
   */
  void join(Runnable onChange);

  /**
   * The writer has ended.
   *
   * @param onChange as it joined
   */
  void leave(Runnable onChange);

  /**
   * @return topics that can be sent to without waiting
   */
  TopicDirectory topics();

  /**
   * @return whether to begin more work; false also while a failure is being looked into
   */
  boolean hasRoom();

  /**
   * @return whether a send could block
   */
  boolean isFull();

  /**
   * Sends; a failure is kept.
   *
   * @param burst the records, in order
   * @param bytes their {@link CountedProducer#sizeOf sizes} together
   */
  void send(List<ProducerRecord<byte[], byte[]>> burst, long bytes);

  /**
   * Takes note of something that failed before it could be sent.
   *
   * @param cause the failure
   */
  void fail(Throwable cause);

  /**
   * @return the failure, once it is known what it means
   */
  Optional<WeirException> failure();

  /**
   * The writer has sent everything of the checkpoint.
   *
   * @param onChange the writer, as it joined
   * @param checkpointId the checkpoint
   * @return done when it is held safely outside
   */
  CompletableFuture<Void> prepare(Runnable onChange, long checkpointId);

  /** Releases what belongs to this writer alone; may block for a short time. */
  void close();
}
