package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.kafka.Batch.Marker;
import dev.weir.testing.sim.kafka.Batch.ProducerIdentity;
import dev.weir.testing.sim.kafka.Transaction.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Kafka's transaction coordinator with {@code transaction.version} 2: a partition is added by the
 * first produce to it, each decision takes the next epoch, markers are written afterwards and at
 * different times; or, once it was told to, not at all.
 */
final class TransactionCoordinator {
  private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MARKER_MICROS = 8_000;

  private final Scheduler scheduler;
  private final Topics topics;
  private final Leadership leadership;
  private final Map<String, Transaction> transactions = new LinkedHashMap<>();
  private long nextProducerId = 1_000;
  private boolean forgetsMarkers;

  TransactionCoordinator(Scheduler scheduler, Topics topics, Leadership leadership) {
    this.scheduler = scheduler;
    this.topics = topics;
    this.leadership = leadership;
    scheduler.later(SWEEP_NANOS, "transactions are swept", this::sweep);
  }

  Collection<Transaction> all() {
    return transactions.values();
  }

  /**
   * The next transaction will be ended, and no partition told: as Kafka 4.1 to 4.3 do when the
   * partitions have no leader just then.
   */
  void forgetMarkers() {
    forgetsMarkers = true;
  }

  /** A producer without transactions. */
  ProducerIdentity plainProducer() {
    return new ProducerIdentity(nextProducerId++, 0);
  }

  /**
   * Fences every earlier owner of the id.
   *
   * @throws ConcurrentTransactionsException while an earlier transaction is not ended yet
   */
  ProducerIdentity init(String id, long timeoutMillis) {
    Transaction known = transactions.get(id);
    if (known == null) {
      ProducerIdentity fresh = new ProducerIdentity(nextProducerId++, 0);
      transactions.put(
          id, new Transaction(id, fresh, TimeUnit.MILLISECONDS.toNanos(timeoutMillis)));
      return fresh;
    }
    if (known.state == State.ONGOING) {
      decide(known, Marker.ABORT);
    }
    if (known.state.isPrepared()) {
      throw new ConcurrentTransactionsException(id + " is in " + known.state);
    }
    Transaction next =
        new Transaction(
            id,
            new ProducerIdentity(known.producer.id(), known.producer.epoch() + 1),
            TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
    transactions.put(id, next);
    return next.producer;
  }

  /** A produce to a partition takes it into the transaction, and begins one if there is none. */
  void add(String id, ProducerIdentity producer, TopicPartition partition) {
    Transaction transaction = transactions.get(id);
    if (transaction == null || transaction.producer.id() != producer.id()) {
      throw new InvalidPidMappingException(id + " has another producer id");
    }
    if (transaction.producer.epoch() != producer.epoch()) {
      throw new InvalidProducerEpochException(id + " has epoch " + transaction.producer.epoch());
    }
    if (transaction.state.isPrepared()) {
      throw new ConcurrentTransactionsException(id + " is in " + transaction.state);
    }
    if (transaction.state != State.ONGOING) {
      transaction.state = State.ONGOING;
      transaction.startedAt = scheduler.nanos();
    }
    transaction.partitions.add(partition);
  }

  /**
   * Ends a transaction for its producer.
   *
   * @return the producer's next identity
   */
  ProducerIdentity end(String id, ProducerIdentity producer, Marker marker) {
    Transaction transaction = transactions.get(id);
    if (transaction == null || transaction.producer.id() != producer.id()) {
      throw new InvalidPidMappingException(id + " has another producer id");
    }
    boolean isDecided = transaction.state != State.EMPTY && transaction.state != State.ONGOING;
    boolean isRetry = isDecided && producer.epoch() == transaction.producer.epoch() - 1;
    if (producer.epoch() != transaction.producer.epoch() && !isRetry) {
      throw new ProducerFencedException(id + " has epoch " + transaction.producer.epoch());
    }
    State done = marker == Marker.COMMIT ? State.COMPLETE_COMMIT : State.COMPLETE_ABORT;
    State prepared = marker == Marker.COMMIT ? State.PREPARE_COMMIT : State.PREPARE_ABORT;
    if (isRetry && transaction.state == done) {
      return transaction.producer;
    }
    if (isRetry && transaction.state == prepared) {
      throw new ConcurrentTransactionsException(id + " is in " + transaction.state);
    }
    boolean isAbortOfNothing = marker == Marker.ABORT && !transaction.state.isPrepared();
    if (!isRetry && (transaction.state == State.ONGOING || isAbortOfNothing)) {
      decide(transaction, marker);
      return transaction.producer;
    }
    throw new InvalidTxnStateException(id + " is in " + transaction.state);
  }

  private void decide(Transaction transaction, Marker marker) {
    transaction.prepare(marker);
    List<TopicPartition> left = new ArrayList<>(transaction.partitions);
    if (left.isEmpty()) {
      transaction.complete();
      return;
    }
    if (forgetsMarkers) {
      forgetsMarkers = false;
      scheduler.later(
          TimeUnit.MICROSECONDS.toNanos(MARKER_MICROS), "markers are lost", transaction::complete);
      return;
    }
    List.copyOf(left).forEach(partition -> markSoon(transaction, partition, left));
  }

  private void markSoon(
      Transaction transaction, TopicPartition partition, List<TopicPartition> left) {
    long delay = TimeUnit.MICROSECONDS.toNanos(scheduler.random().nextInt(MARKER_MICROS));
    scheduler.later(delay, "a marker is written", () -> mark(transaction, partition, left));
  }

  /** It is tried until there is a coordinator, the same or the next one, and a leader. */
  private void mark(Transaction transaction, TopicPartition partition, List<TopicPartition> left) {
    if (!leadership.isCoordinated() || !leadership.isLed(partition)) {
      markSoon(transaction, partition, left);
      return;
    }
    topics.find(partition).ifPresent(log -> log.end(transaction.producer, transaction.marker()));
    left.remove(partition);
    if (left.isEmpty()) {
      transaction.complete();
    }
  }

  private void sweep() {
    long now = scheduler.nanos();
    for (Transaction transaction : transactions.values()) {
      if (transaction.state == State.ONGOING
          && leadership.isCoordinated()
          && now - transaction.startedAt > transaction.timeoutNanos) {
        decide(transaction, Marker.ABORT);
      }
    }
    scheduler.later(SWEEP_NANOS, "transactions are swept", this::sweep);
  }
}
