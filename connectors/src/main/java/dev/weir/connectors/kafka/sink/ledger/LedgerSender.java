package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.error.ConnectorException;
import dev.weir.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Sends ledger records and commits them. Blocks; one thread at a time. */
final class LedgerSender {
  private final TopicPartition ledger;
  private final Clock clock;
  private final long commitTimeoutMillis;
  private final BooleanSupplier isClosed;

  /** Commits are repeated for so long, or until closed, while their outcome is not known. */
  LedgerSender(
      TopicPartition ledger, Clock clock, long commitTimeoutMillis, BooleanSupplier isClosed) {
    this.ledger = ledger;
    this.clock = clock;
    this.commitTimeoutMillis = commitTimeoutMillis;
    this.isClosed = isClosed;
  }

  long nowMillis() {
    return clock.millis();
  }

  /** Commits a record in a transaction of its own. */
  void commitAlone(Producer<byte[], byte[]> producer, LedgerRecord record) {
    producer.beginTransaction();
    commit(producer, record);
  }

  /**
   * Adds the record to the producer's open transaction and, when the broker has it, commits that;
   * returns the record's offset.
   *
   * @throws KafkaException if the transaction is not committed by this call; whether it ever was is
   *     for the ledger to say
   * @throws ConnectorException if the outcome stays unknown
   */
  long commit(Producer<byte[], byte[]> producer, LedgerRecord record) {
    Future<RecordMetadata> sent = producer.send(LedgerRecords.toSend(ledger, record));
    // Kafka's sender looks whether anything is unsent, and then what to do next: between the two a
    // record and its commit can come, and the commit goes out without the record.
    producer.flush();
    long offset = offsetOf(sent);
    commit(producer);
    return offset;
  }

  private void commit(Producer<byte[], byte[]> producer) {
    long until = clock.monotonicMillis() + commitTimeoutMillis;
    TimeoutException unanswered = null;
    while (true) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException e) {
        unanswered = e;
      } catch (IllegalStateException e) {
        if (unanswered == null) {
          throw e;
        }
        throw new KafkaException("Decided, but not known how, since a commit was unanswered", e);
      }
      if (isClosed.getAsBoolean() || clock.monotonicMillis() >= until) {
        throw unknown(unanswered);
      }
    }
  }

  /** For a record that is flushed, so this never waits. */
  private static long offsetOf(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known
          ? known
          : new KafkaException("The ledger's record was not sent", e.getCause());
    }
  }

  private ConnectorException unknown(TimeoutException cause) {
    return new ConnectorException(
        "Tried to commit a ledger record to "
            + ledger
            + " for "
            + commitTimeoutMillis
            + " ms, found no answer; whether it is committed is not known. The next attempt reads the"
            + " ledger to find out; check that the brokers can be reached.",
        cause);
  }
}
