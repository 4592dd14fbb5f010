package dev.weir.testing.sim.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the cluster, with their logs. */
final class Topics {
  private final Random random;
  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();

  Topics(Random random) {
    this.random = random;
  }

  /** A topic; one that is made anew under the same name is another one. */
  record Topic(Uuid id, List<PartitionLog> partitions, Map<String, String> settings) {}

  void create(String name, int partitions, Map<String, String> settings) {
    if (topics.containsKey(name)) {
      throw new TopicExistsException("Topic '" + name + "' already exists.");
    }
    Topic topic =
        new Topic(new Uuid(random.nextLong(), random.nextLong() | 1), new ArrayList<>(), settings);
    topics.put(name, topic);
    deleted.remove(name);
    addPartitions(name, partitions);
  }

  void addPartitions(String name, int upTo) {
    List<PartitionLog> partitions = topics.get(name).partitions();
    while (partitions.size() < upTo) {
      partitions.add(new PartitionLog());
    }
  }

  void delete(String name) {
    topics.remove(name);
    deleted.add(name);
  }

  /** Whether none is deleted that was not created anew. */
  boolean areAllThere() {
    return deleted.isEmpty();
  }

  Optional<Topic> find(String name) {
    return Optional.ofNullable(topics.get(name));
  }

  Optional<PartitionLog> find(TopicPartition partition) {
    return find(partition.topic())
        .filter(topic -> partition.partition() < topic.partitions().size())
        .map(topic -> topic.partitions().get(partition.partition()));
  }

  Map<String, Topic> all() {
    return topics;
  }
}
