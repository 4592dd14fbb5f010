package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.kafka.ProducerSession.Pending;
import dev.weir.testing.sim.kafka.ProducerSession.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;

/** The calls of a producer; see {@link org.apache.kafka.clients.producer.Producer}. */
final class SimProducer {
  private static final Node[] NODES = {SimAdmin.NODE};

  private static final String NOT_PRESENT = " not present in metadata";

  private final SimCluster cluster;

  /** Topics and their partitions, also of those that were deleted meanwhile. */
  private final Map<String, Integer> metadata = new HashMap<>();

  private final ProducerSession session;
  private final long maxBlockNanos;

  SimProducer(SimCluster cluster, ProducerSession session, Map<String, Object> settings) {
    this.cluster = cluster;
    this.session = session;
    this.maxBlockNanos =
        TimeUnit.MILLISECONDS.toNanos(
            Long.parseLong(String.valueOf(settings.getOrDefault("max.block.ms", 60_000))));
  }

  void initTransactions() {
    await(session.once("initTransactions", session::init));
  }

  void beginTransaction() {
    requireOpen();
    session.begin();
  }

  void commitTransaction() {
    await(session.once("commitTransaction", session::commit));
  }

  void abortTransaction() {
    await(session.once("abortTransaction", session::abort));
  }

  Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return send(record, null);
  }

  /**
   * Kafka's producer waits for a topic that it does not know; this one gives it up at once, as a
   * strand that waits must hold no lock.
   */
  Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    requireOpen();
    int count = partitionsOf(record.topic());
    int partition = record.partition() == null ? choose(record, count) : record.partition();
    TopicPartition to = new TopicPartition(record.topic(), partition);
    long now = TimeUnit.NANOSECONDS.toMillis(scheduler().nanos());
    long timestamp = record.timestamp() == null ? now : record.timestamp();
    SimRecord content = new SimRecord(record.key(), record.value(), record.headers(), timestamp);
    Outgoing outgoing = new Outgoing(scheduler(), to, content, callback);
    if (count == 0) {
      return outgoing.failed(new TimeoutException("Topic " + record.topic() + NOT_PRESENT));
    }
    if (session.isTransactional()) {
      try {
        session.failOnError();
      } catch (ApiException known) {
        return outgoing.failed(known);
      }
      session.require(State.IN_TRANSACTION, "send");
    }
    session.send(to, outgoing);
    return outgoing;
  }

  void flush() {
    scheduler().waitFor("flush", session::isIdle, Long.MAX_VALUE);
  }

  List<PartitionInfo> partitionsFor(String topic) {
    if (partitionsOf(topic) == 0) {
      scheduler().waitFor("metadata", () -> partitionsOf(topic) > 0, maxBlockNanos);
    }
    int count = partitionsOf(topic);
    if (count == 0) {
      throw new TimeoutException("Topic " + topic + NOT_PRESENT);
    }
    return IntStream.range(0, count)
        .mapToObj(i -> new PartitionInfo(topic, i, SimAdmin.NODE, NODES, NODES))
        .toList();
  }

  Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  void close(Duration timeout) {
    if (session.isClosed()) {
      return;
    }
    scheduler().point("producer closes", timeout.toSeconds());
    if (!timeout.isZero()) {
      finish(timeout.toNanos());
    }
    session.close();
  }

  /** Waits for what is on its way, and aborts what is open. */
  private void finish(long nanos) {
    long until = scheduler().nanos() + nanos;
    scheduler().waitFor("close", session::isIdle, nanos);
    if (!session.isOngoing()) {
      return;
    }
    if (session.state() == State.IN_TRANSACTION || session.state() == State.ABORTABLE_ERROR) {
      Pending unused = session.once("abortTransaction", session::abort);
    }
    scheduler().waitFor("close", () -> !session.isOngoing(), until - scheduler().nanos());
  }

  private void await(Pending call) {
    requireOpen();
    scheduler().waitFor(call.call(), () -> call.isDone() || session.isClosed(), maxBlockNanos);
    if (!call.isDone()) {
      throw new TimeoutException("Timeout expired while awaiting " + call.call());
    }
    session.acknowledged(call);
  }

  private void requireOpen() {
    if (session.isClosed()) {
      throw new IllegalStateException("Cannot perform operation after producer has been closed");
    }
  }

  /** How many it has, or had; 0: it was never there. */
  private int partitionsOf(String topic) {
    cluster.topics().find(topic).ifPresent(there -> metadata.put(topic, there.partitions().size()));
    return metadata.getOrDefault(topic, 0);
  }

  private static int choose(ProducerRecord<byte[], byte[]> record, int count) {
    return record.key() == null || count == 0
        ? 0
        : Math.floorMod(Arrays.hashCode(record.key()), count);
  }

  private Scheduler scheduler() {
    return cluster.scheduler();
  }
}
