package dev.weir.sample.clickcount.kafka;

import dev.weir.error.WeirException;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka cluster and its topics. Every error says what was tried. Thread-safe. */
public final class KafkaCluster implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final String bootstrapServers;
  private final Admin admin;

  private KafkaCluster(String bootstrapServers, Admin admin) {
    this.bootstrapServers = bootstrapServers;
    this.admin = admin;
  }

  /**
   * Connects, and waits until the cluster answers.
   *
   * @param bootstrapServers host:port, comma-separated
   * @return the cluster
   * @throws WeirException if it does not answer within ten seconds
   */
  public static KafkaCluster connect(String bootstrapServers) {
    KafkaCluster cluster = new KafkaCluster(bootstrapServers, admin(bootstrapServers));
    try {
      cluster.answer("ask for the cluster's id", cluster.admin.describeCluster().clusterId());
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Looks up a topic.
   *
   * @param topic its name
   * @return its partitions, in order; empty if there is no such topic
   */
  public Optional<List<TopicPartition>> partitions(String topic) {
    return describe(topic)
        .map(
            found ->
                found.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
  }

  private Optional<TopicDescription> describe(String topic) {
    try {
      return Optional.of(admin.describeTopics(Set.of(topic)).topicNameValues().get(topic).get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failure("look up topic '" + topic + "'", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Looks up a topic that must be there.
   *
   * @param topic its name
   * @return its partitions, in order
   * @throws WeirException if there is no such topic
   */
  public List<TopicPartition> requirePartitions(String topic) {
    return partitions(topic)
        .orElseThrow(
            () ->
                new WeirException(
                    "Topic '"
                        + topic
                        + "' does not exist on "
                        + bootstrapServers
                        + ". Correct its name, or make it with the command create-topics."));
  }

  /**
   * Makes a topic that keeps its records for ever, unless it is there already.
   *
   * @param topic its name
   * @param partitions how many partitions
   * @return true if it was not there
   */
  public boolean create(String topic, int partitions) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty())
            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    try {
      admin.createTopics(Set.of(wanted)).all().get();
      awaitLeaders(topic);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw failure("create topic '" + topic + "'", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** A topic that was made just now is not known to every broker at once. */
  private void awaitLeaders(String topic) throws InterruptedException {
    long end = Clock.system().nanos() + ANSWER_WITHIN.toNanos();
    while (!hasLeaders(topic)) {
      if (Clock.system().nanos() - end > 0) {
        throw new WeirException(
            "Made topic '"
                + topic
                + "' on "
                + bootstrapServers
                + ", but after "
                + ANSWER_WITHIN.toSeconds()
                + " s its partitions have no leader. Check that all brokers run.");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private boolean hasLeaders(String topic) {
    return describe(topic)
        .map(TopicDescription::partitions)
        .filter(partitions -> partitions.stream().allMatch(found -> found.leader() != null))
        .isPresent();
  }

  /**
   * Lists topics.
   *
   * @return their names, those of Kafka itself left out
   */
  public Set<String> topics() {
    return answer("list topics", admin.listTopics().names());
  }

  /**
   * Removes topics; those that are not there are ignored.
   *
   * @param topics their names
   */
  public void delete(Collection<String> topics) {
    Set<String> known = topics();
    List<String> present = topics.stream().filter(known::contains).toList();
    answer("remove topics " + present, admin.deleteTopics(present).all());
  }

  /**
   * Asks where partitions begin.
   *
   * @param partitions the partitions
   * @return offset of the first record of each
   */
  public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /**
   * Asks where partitions end, records of open transactions included.
   *
   * @param partitions the partitions
   * @return offset after the last record of each
   */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    Map<TopicPartition, Long> found = new HashMap<>();
    Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> answer =
        answer("ask for the offsets of " + partitions, admin.listOffsets(asked).all());
    answer.forEach((partition, info) -> found.put(partition, info.offset()));
    return found;
  }

  private <T> T answer(String asked, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure(asked, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private WeirException failure(String asked, Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new WeirException(
          "Kafka at "
              + bootstrapServers
              + " did not answer within "
              + ANSWER_WITHIN.toSeconds()
              + " s (tried to "
              + asked
              + "). Check --bootstrap-servers and that a broker runs there.",
          cause);
    }
    return new WeirException(
        "Kafka at " + bootstrapServers + " refused to " + asked + ": " + cause.getMessage(), cause);
  }

  private static Admin admin(String bootstrapServers) {
    try {
      int millis = (int) ANSWER_WITHIN.toMillis();
      return Admin.create(
          Map.of(
              AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
              AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis,
              AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2));
    } catch (KafkaException e) {
      throw new WeirException(
          "'"
              + bootstrapServers
              + "' cannot be used as --bootstrap-servers: "
              + rootMessage(e)
              + ". Give host:port of a broker.",
          e);
    }
  }

  private static String rootMessage(Throwable error) {
    return error.getCause() == null ? error.getMessage() : rootMessage(error.getCause());
  }

  private static WeirException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new WeirException("Interrupted while waiting for Kafka's answer.", e);
  }
}
