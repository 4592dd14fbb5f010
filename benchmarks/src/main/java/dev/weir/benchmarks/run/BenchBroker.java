package dev.weir.benchmarks.run;

import dev.weir.benchmarks.machine.ProcFiles;
import dev.weir.testing.broker.BrokerSettings;
import dev.weir.testing.broker.EmbeddedBroker;
import dev.weir.testing.broker.TopicAdmin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** The one broker of a run of the driver, with topics of four partitions. Thread-safe. */
final class BenchBroker implements AutoCloseable {
  static final int PARTITIONS = 4;

  private final EmbeddedBroker broker;
  private final TopicAdmin topics;

  private BenchBroker(EmbeddedBroker broker) {
    this.broker = broker;
    this.topics = new TopicAdmin(broker.bootstrapServers());
  }

  static BenchBroker started() {
    EmbeddedBroker broker =
        new EmbeddedBroker(
            BrokerSettings.forBenchmarks()
                .with("num.network.threads", 2)
                .with("num.io.threads", 4)
                .with("offsets.topic.num.partitions", 8)
                .with("transaction.state.log.num.partitions", 8)
                .with("log.retention.ms", -1)
                .with("group.min.session.timeout.ms", 1000));
    broker.start();
    return new BenchBroker(broker);
  }

  String bootstrap() {
    return broker.bootstrapServers();
  }

  double cpuSeconds() {
    return ProcFiles.cpuSeconds(broker.pid());
  }

  void create(String topic) {
    topics.create(topic, PARTITIONS);
  }

  static List<TopicPartition> partitionsOf(String topic) {
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      all.add(new TopicPartition(topic, partition));
    }
    return all;
  }

  /** Removes every topic but these, so that one run leaves the next nothing. */
  void clear(Collection<String> kept) throws ExecutionException, InterruptedException {
    List<String> gone = new ArrayList<>(topics.client().listTopics().names().get());
    gone.removeAll(kept);
    topics.client().deleteTopics(gone).all().get();
    while (topics.client().listTopics().names().get().stream().anyMatch(gone::contains)) {
      Thread.sleep(20);
    }
  }

  /** The last stable offset of each partition: how much a read_committed consumer can see. */
  long[] visible(String topic) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
    partitionsOf(topic).forEach(partition -> ask.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        topics
            .client()
            .listOffsets(ask, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get();
    long[] offsets = new long[PARTITIONS];
    found.forEach((partition, info) -> offsets[partition.partition()] = info.offset());
    return offsets;
  }

  @Override
  public void close() {
    topics.close();
    broker.close();
  }
}
