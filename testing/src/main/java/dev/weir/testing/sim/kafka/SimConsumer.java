package dev.weir.testing.sim.kafka;

import dev.weir.testing.sim.Network;
import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.SimProcess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.record.TimestampType;

/** The calls of a consumer with assigned partitions; see its interface. */
final class SimConsumer {
  private static final int MOST_WAIT_MICROS = 3_000;
  private static final int[] POLL_SIZES = {1, 3, 10, 50};

  private final SimCluster cluster;
  private final Network.Line line;
  private final String group;
  private final IsolationLevel isolation;
  private final int maxPollRecords;
  private final Map<TopicPartition, Long> positions = new LinkedHashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final int mostPerPoll;
  private boolean isWoken;

  SimConsumer(SimCluster cluster, SimProcess process, Map<String, Object> settings) {
    this.cluster = cluster;
    this.line = cluster.network().line(process);
    this.mostPerPoll = POLL_SIZES[scheduler().random().nextInt(POLL_SIZES.length)];
    this.group = (String) settings.get("group.id");
    this.isolation =
        "read_committed".equals(settings.get("isolation.level"))
            ? IsolationLevel.READ_COMMITTED
            : IsolationLevel.READ_UNCOMMITTED;
    this.maxPollRecords =
        Integer.parseInt(String.valueOf(settings.getOrDefault("max.poll.records", 500)));
  }

  void assign(Collection<TopicPartition> partitions) {
    positions.keySet().retainAll(partitions);
    partitions.forEach(partition -> positions.putIfAbsent(partition, null));
  }

  void seek(TopicPartition partition, long offset) {
    positions.put(partition, offset);
  }

  void seek(TopicPartition partition, OffsetAndMetadata offset) {
    positions.put(partition, offset.offset());
  }

  long position(TopicPartition partition) {
    return positions.get(partition);
  }

  void pause(Collection<TopicPartition> partitions) {
    paused.addAll(partitions);
  }

  void resume(Collection<TopicPartition> partitions) {
    partitions.forEach(paused::remove);
  }

  void wakeup() {
    isWoken = true;
  }

  ConsumerRecords<ByteBuffer, ByteBuffer> poll(Duration timeout) {
    long until = scheduler().nanos() + timeout.toNanos();
    long way = TimeUnit.MICROSECONDS.toNanos(scheduler().random().nextInt(MOST_WAIT_MICROS));
    scheduler().waitFor("fetch", () -> isWoken, Math.min(way, timeout.toNanos()));
    scheduler().waitFor("poll", () -> isWoken || hasNews(), until - scheduler().nanos());
    if (isWoken) {
      isWoken = false;
      throw new WakeupException();
    }
    return fetched();
  }

  OptionalLong currentLag(TopicPartition partition) {
    Long position = positions.get(partition);
    return position == null || cluster.topics().find(partition).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(cluster.end(partition, isolation) - position);
  }

  Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return offsets(partitions, timeout, partition -> cluster.log(partition).start());
  }

  Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
    return offsets(partitions, timeout, partition -> cluster.end(partition, isolation));
  }

  void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    line.send(
        "OffsetCommit",
        () -> {
          cluster.group(group).putAll(offsets);
          return true;
        },
        answer -> {
          if (answer.isPresent()) {
            callback.onComplete(offsets, null);
          } else {
            callback.onComplete(offsets, new TimeoutException("The connection is gone"));
          }
        });
  }

  void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    scheduler().point("OffsetCommit", offsets.size());
    cluster.group(group).putAll(offsets);
  }

  Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  void close() {
    scheduler().point("consumer closes", 0);
  }

  void close(CloseOptions options) {
    scheduler().point("consumer closes", 0);
  }

  private boolean hasNews() {
    if (!cluster.network().isReachable()) {
      return false;
    }
    for (Map.Entry<TopicPartition, Long> each : positions.entrySet()) {
      if (!paused.contains(each.getKey()) && isNews(each.getKey(), each.getValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean isNews(TopicPartition partition, long position) {
    return isThere(partition)
        && (position < cluster.end(partition, isolation) || isOutOfRange(partition, position));
  }

  private boolean isThere(TopicPartition partition) {
    return cluster.topics().find(partition).isPresent() && cluster.leadership().isLed(partition);
  }

  private boolean isOutOfRange(TopicPartition partition, long position) {
    PartitionLog log = cluster.log(partition);
    return position < log.start() || position > log.end();
  }

  private ConsumerRecords<ByteBuffer, ByteBuffer> fetched() {
    List<TopicPartition> order = new ArrayList<>(positions.keySet());
    Collections.shuffle(order, scheduler().random());
    Map<TopicPartition, List<ConsumerRecord<ByteBuffer, ByteBuffer>>> records = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
    int room = 1 + scheduler().random().nextInt(Math.min(maxPollRecords, mostPerPoll));
    for (TopicPartition partition : order) {
      if (room > 0 && !paused.contains(partition) && isNews(partition, position(partition))) {
        if (isOutOfRange(partition, position(partition))) {
          throw new OffsetOutOfRangeException(Map.of(partition, position(partition)));
        }
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> found = fetch(partition, room);
        room -= found.size();
        if (!found.isEmpty()) {
          records.put(partition, found);
        }
        next.put(partition, new OffsetAndMetadata(position(partition), Optional.of(0), ""));
      }
    }
    return new OrderedRecords(records, next);
  }

  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> fetch(TopicPartition partition, int room) {
    PartitionLog log = cluster.log(partition);
    List<ConsumerRecord<ByteBuffer, ByteBuffer>> found = new ArrayList<>();
    long position = position(partition);
    for (Batch batch : log.batches(position, cluster.end(partition, isolation))) {
      if (isolation == IsolationLevel.READ_COMMITTED && !log.isVisible(batch)) {
        position = batch.nextOffset();
        continue;
      }
      int index = (int) Math.max(0, position - batch.baseOffset());
      while (index < batch.records().size() && found.size() < room) {
        found.add(record(partition, batch.baseOffset() + index, batch.records().get(index)));
        index++;
        position = batch.baseOffset() + index;
      }
      if (found.size() == room) {
        break;
      }
      position = batch.nextOffset();
    }
    positions.put(partition, position);
    return found;
  }

  private static ConsumerRecord<ByteBuffer, ByteBuffer> record(
      TopicPartition partition, long offset, SimRecord record) {
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.key() == null ? -1 : record.key().length,
        record.value() == null ? -1 : record.value().length,
        record.key() == null ? null : ByteBuffer.wrap(record.key()),
        record.value() == null ? null : ByteBuffer.wrap(record.value()),
        record.headers(),
        Optional.of(0));
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions,
      Duration timeout,
      ToLongFunction<TopicPartition> offset) {
    scheduler()
        .waitFor(
            "ListOffsets", () -> partitions.stream().allMatch(this::isThere), timeout.toNanos());
    Map<TopicPartition, Long> found = new HashMap<>();
    for (TopicPartition partition : partitions) {
      if (!isThere(partition)) {
        throw new TimeoutException("There is no " + partition);
      }
      found.put(partition, offset.applyAsLong(partition));
    }
    return found;
  }

  private Scheduler scheduler() {
    return cluster.scheduler();
  }
}
