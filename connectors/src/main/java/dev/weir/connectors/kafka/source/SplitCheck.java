package dev.weir.connectors.kafka.source;

import dev.weir.connector.SplitChanges;
import dev.weir.error.UnrecoverableConnectorException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;

/** Decides whether known splits can still be read as they were. Pure. */
final class SplitCheck {
  private final Set<String> topics;
  private final String servers;

  /** For a source that reads these topics. */
  SplitCheck(Set<String> topics, String servers) {
    this.topics = topics;
    this.servers = servers;
  }

  /** Every topic of the source must be there. */
  void checkAllExist(Map<String, TopicDescription> found) {
    for (String topic : new TreeSet<>(topics)) {
      if (!found.containsKey(topic)) {
        throw new UnrecoverableConnectorException(
            "Tried to read topic '"
                + topic
                + "' at "
                + servers
                + ", found no topic of that name. Create it, or correct the name or the broker's"
                + " address; topics are not created by reading.");
      }
    }
  }

  /** No split may be of a topic that the source no longer names, or that was created anew. */
  void checkSame(Collection<KafkaSplit> known, Map<String, TopicDescription> found) {
    for (KafkaSplit split : known) {
      String topic = split.partition().topic();
      if (!topics.contains(topic)) {
        throw new UnrecoverableConnectorException(unnamed(topic));
      }
      TopicDescription description = found.get(topic);
      if (!description.topicId().equals(split.topicId())) {
        throw new UnrecoverableConnectorException(
            "Topic '"
                + topic
                + "' at "
                + servers
                + " was deleted and created anew: its id is "
                + description.topicId()
                + ", the checkpoint has "
                + split.topicId()
                + ". Offsets of the old one mean nothing in the new one; give the source a new name to"
                + " read the new topic from a start of its own.");
      }
      checkPartitionExists(split, description);
    }
  }

  /** What can be told without asking Kafka. */
  SplitChanges compare(Collection<KafkaSplit> known) {
    SortedSet<String> read =
        known.stream()
            .map(split -> split.partition().topic())
            .collect(Collectors.toCollection(TreeSet::new));
    return new SplitChanges(
        read.stream().filter(topic -> !topics.contains(topic)).map(this::unnamed).toList(),
        new TreeSet<>(topics)
            .stream()
                .filter(topic -> !read.contains(topic))
                .map(topic -> "Topic '" + topic + "' is new: it is read from its first record.")
                .toList());
  }

  private String unnamed(String topic) {
    return "The checkpoint has offsets of topic '"
        + topic
        + "', but the source reads only "
        + new TreeSet<>(topics)
        + ". Name topic '"
        + topic
        + "' again, or give the source a new name to begin anew.";
  }

  /** The next offset of each split must still be there. */
  void checkOffsets(Collection<KafkaSplit> known, Map<?, OffsetBounds> bounds) {
    for (KafkaSplit split : known) {
      OffsetBounds now = bounds.get(split.partition());
      if (!split.isFinished() && (split.offset() < now.earliest() || split.offset() > now.end())) {
        throw OutOfRange.error(split.partition(), split.offset(), now.earliest(), now.end());
      }
    }
  }

  private void checkPartitionExists(KafkaSplit split, TopicDescription description) {
    if (split.partition().partition() >= description.partitions().size()) {
      throw new UnrecoverableConnectorException(
          "Partition "
              + split.partition()
              + " at "
              + servers
              + " is gone: the topic has "
              + description.partitions().size()
              + " partitions now. Give the source a new name to begin anew.");
    }
  }
}
