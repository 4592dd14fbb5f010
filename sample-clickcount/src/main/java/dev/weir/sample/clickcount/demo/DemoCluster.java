package dev.weir.sample.clickcount.demo;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.kafka.KafkaCluster;
import dev.weir.sample.clickcount.verifier.InputEnd;
import dev.weir.testing.broker.EmbeddedBroker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka for one demo: a broker of its own, or the user's with topics of its own. Leaves nothing
 * behind. Blocks; confined to the steering thread but for {@link #close}.
 */
final class DemoCluster implements AutoCloseable {
  private static final int PARTITIONS = 4;

  private final Optional<EmbeddedBroker> broker;
  private final KafkaCluster cluster;
  private final String bootstrapServers;
  private final DemoNames names;
  private final List<TopicPartition> outputs;

  private DemoCluster(Optional<EmbeddedBroker> broker, String bootstrapServers, DemoNames names) {
    this.broker = broker;
    this.bootstrapServers = bootstrapServers;
    this.names = names;
    this.cluster = KafkaCluster.connect(bootstrapServers);
    cluster.create(names.input(), PARTITIONS);
    cluster.create(names.output(), PARTITIONS);
    this.outputs = cluster.requirePartitions(names.output());
  }

  static DemoCluster open(Optional<String> bootstrapServers, DemoNames names) {
    if (bootstrapServers.isPresent()) {
      return new DemoCluster(Optional.empty(), bootstrapServers.get(), names);
    }
    // An archive of classes would make the next broker start faster, and stay behind as a file.
    System.setProperty("weir.broker.archive", "false");
    EmbeddedBroker broker = EmbeddedBroker.started();
    try {
      return new DemoCluster(Optional.of(broker), broker.bootstrapServers(), names);
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  DemoNames names() {
    return names;
  }

  boolean isOwn() {
    return broker.isPresent();
  }

  List<TopicPartition> outputs() {
    return outputs;
  }

  /** Where the output ends now, records of open transactions included. */
  Map<TopicPartition, Long> outputEnds() {
    return cluster.ends(outputs);
  }

  /** What the generator says it has sent. */
  InputPlan plan() {
    return InputEnd.find(cluster, bootstrapServers, names.input())
        .orElseThrow(
            () ->
                new WeirException(
                    "The generator has ended but topic '"
                        + names.input()
                        + "' has no end: it was killed, or Kafka was away. Run the demo again."));
  }

  @Override
  public void close() {
    try (cluster) {
      if (broker.isEmpty()) {
        cluster.delete(names.topics());
      }
    } finally {
      broker.ifPresent(EmbeddedBroker::close);
    }
  }
}
