package dev.weir.testing.proof;

import dev.weir.testing.sim.Scheduler;
import dev.weir.testing.sim.kafka.SimCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads along while things go wrong: what a committed reader has seen once stays, and nothing
 * appears in front of it. Knows, too, when the last thing appeared.
 */
final class Viewer {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private final Scheduler scheduler;
  private final SimCluster cluster;
  private final Set<String> topics;
  private final Map<TopicPartition, List<String>> seen = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private long lastNews;

  Viewer(Scheduler scheduler, SimCluster cluster, Set<String> topics) {
    this.scheduler = scheduler;
    this.cluster = cluster;
    this.topics = topics;
  }

  void begin() {
    look();
    scheduler.later(LOOK_NANOS, "look", this::begin);
  }

  List<String> findings() {
    look();
    return findings;
  }

  void inputCame() {
    lastNews = scheduler.nanos();
  }

  /** Whether the brokers can be reached. */
  boolean canRead() {
    return cluster.isReachable();
  }

  /** Virtual nanoseconds since the last record came in or became visible. */
  long quietNanos() {
    return scheduler.nanos() - lastNews;
  }

  private void look() {
    Map<TopicPartition, List<String>> now = new HashMap<>();
    for (String topic : topics) {
      for (ConsumerRecord<byte[], byte[]> record :
          cluster.read(topic, IsolationLevel.READ_COMMITTED)) {
        now.computeIfAbsent(
                new TopicPartition(topic, record.partition()), partition -> new ArrayList<>())
            .add(record.offset() + " " + Arrays.hashCode(record.value()));
      }
    }
    now.forEach(this::compare);
    seen.keySet().stream()
        .filter(partition -> !now.containsKey(partition) && !seen.get(partition).isEmpty())
        .forEach(partition -> findings.add("all of " + partition + " has vanished"));
  }

  private void compare(TopicPartition partition, List<String> now) {
    List<String> before = seen.getOrDefault(partition, List.of());
    if (now.size() < before.size() || !now.subList(0, before.size()).equals(before)) {
      findings.add("a reader of " + partition + " saw " + before + ", now there is " + now);
    }
    if (now.size() > before.size()) {
      lastNews = scheduler.nanos();
    }
    seen.put(partition, now);
  }
}
