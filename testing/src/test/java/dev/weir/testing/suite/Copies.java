package dev.weir.testing.suite;

import dev.weir.testing.broker.TopicAdmin;
import dev.weir.testing.fault.Await;
import dev.weir.testing.suite.job.Setting;
import dev.weir.testing.suite.job.Settings;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Which brokers have copies of a topic, and which one leads.
 *
 * @param topics asks the brokers
 * @param topic an existing topic
 */
record Copies(TopicAdmin topics, String topic) {
  /** A job whose clients turn early from a broker that stands still; usual are 30 seconds. */
  static final Settings QUICK =
      Settings.none().with(Setting.PARALLELISM, 2).with(Setting.REQUEST_TIMEOUT, 3_000);

  /** Which broker leads the first partition; 0: none, or that was not answered. */
  int leader() {
    return partitions().stream()
        .findFirst()
        .map(TopicPartitionInfo::leader)
        .map(Node::id)
        .orElse(0);
  }

  /** Which one leads when that broker does so no more. */
  int awaitOtherLeaderThan(int id) {
    AtomicInteger leader = new AtomicInteger();
    Await.until(
        "another leader of " + topic + " than broker " + id,
        JobUnderTest.BOUND,
        () -> {
          leader.set(leader());
          return leader.get() != id && leader.get() != 0;
        });
    return leader.get();
  }

  void awaitInSync(int copies) {
    Await.until(
        copies + " copies of " + topic + " in sync",
        JobUnderTest.BOUND,
        () -> {
          List<TopicPartitionInfo> found = partitions();
          return !found.isEmpty() && found.stream().allMatch(p -> p.isr().size() == copies);
        });
  }

  /** Empty if the broker that was asked does not answer, which may be one that stands still. */
  private List<TopicPartitionInfo> partitions() {
    DescribeTopicsOptions quick = new DescribeTopicsOptions().timeoutMs(3_000);
    try {
      return topics
          .client()
          .describeTopics(List.of(topic), quick)
          .allTopicNames()
          .get()
          .get(topic)
          .partitions();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        return List.of();
      }
      throw new AssertionError("the brokers do not describe " + topic, e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while looking at " + topic, e);
    }
  }
}
