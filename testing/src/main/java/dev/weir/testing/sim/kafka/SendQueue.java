package dev.weir.testing.sim.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** A producer's records for one partition: some wait, one batch of them is on its way. */
final class SendQueue {
  private final TopicPartition partition;
  private final Deque<Outgoing> waiting = new ArrayDeque<>();
  private final List<Outgoing> stranded = new ArrayList<>();
  private List<Outgoing> onItsWay = List.of();
  private int nextSequence;

  SendQueue(TopicPartition partition) {
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }

  void add(Outgoing record) {
    waiting.add(record);
  }

  boolean isEmpty() {
    return waiting.isEmpty() && onItsWay.isEmpty();
  }

  boolean canBegin() {
    return onItsWay.isEmpty() && !waiting.isEmpty();
  }

  /** Takes at most so many for the next batch. */
  List<Outgoing> begin(int most) {
    onItsWay = new ArrayList<>();
    while (onItsWay.size() < most && !waiting.isEmpty()) {
      onItsWay.add(waiting.remove());
    }
    return onItsWay;
  }

  /** What waits will never be sent, and nobody hears of it until the producer is closed. */
  void strand() {
    stranded.addAll(waiting);
    waiting.clear();
  }

  int sequence() {
    return nextSequence;
  }

  void written(long baseOffset) {
    List<Outgoing> done = onItsWay;
    nextSequence += done.size();
    onItsWay = List.of();
    long offset = baseOffset;
    for (Outgoing record : done) {
      record.written(offset++);
    }
  }

  void failBatch(Exception cause) {
    List<Outgoing> failed = onItsWay;
    onItsWay = List.of();
    for (Outgoing record : failed) {
      Outgoing unused = record.failed(cause);
    }
  }

  void failWaiting(Exception cause) {
    List<Outgoing> failed = new ArrayList<>(waiting);
    failed.addAll(stranded);
    waiting.clear();
    stranded.clear();
    for (Outgoing record : failed) {
      Outgoing unused = record.failed(cause);
    }
  }

  /** A new epoch counts from 0. */
  void restart() {
    nextSequence = 0;
  }
}
