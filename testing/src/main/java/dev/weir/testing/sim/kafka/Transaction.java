package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.kafka.Batch.Marker;
import dev.weir.testing.sim.kafka.Batch.ProducerIdentity;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the coordinator knows of one transactional id. */
final class Transaction {
  /** Where it is in its life. */
  enum State {
    EMPTY,
    ONGOING,
    PREPARE_COMMIT,
    PREPARE_ABORT,
    COMPLETE_COMMIT,
    COMPLETE_ABORT;

    boolean isPrepared() {
      return this == PREPARE_COMMIT || this == PREPARE_ABORT;
    }
  }

  final String id;
  final long timeoutNanos;
  final Set<TopicPartition> partitions = new LinkedHashSet<>();
  ProducerIdentity producer;
  State state = State.EMPTY;
  long startedAt;

  Transaction(String id, ProducerIdentity producer, long timeoutNanos) {
    this.id = id;
    this.producer = producer;
    this.timeoutNanos = timeoutNanos;
  }

  /** Decides it, with the next epoch, as each decision does. */
  void prepare(Marker marker) {
    producer = new ProducerIdentity(producer.id(), producer.epoch() + 1);
    state = marker == Marker.COMMIT ? State.PREPARE_COMMIT : State.PREPARE_ABORT;
  }

  void complete() {
    state = state == State.PREPARE_COMMIT ? State.COMPLETE_COMMIT : State.COMPLETE_ABORT;
    partitions.clear();
  }

  Marker marker() {
    return state == State.PREPARE_COMMIT ? Marker.COMMIT : Marker.ABORT;
  }
}
