package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.sink.LedgerLine;
import dev.weir.connectors.kafka.sink.LedgerLine.Fate;
import dev.weir.connectors.kafka.sink.LedgerLine.Kind;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Forgotten;
import dev.weir.error.ConnectorException;
import dev.weir.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Reads a whole ledger for people: first what is committed, then everything. What only the second
 * reading shows was aborted, or, where committed records cannot be read any further, is open.
 * Blocks; confined to one thread.
 */
public final class LedgerListing {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final String servers;
  private final TopicPartition ledger;
  private final Map<String, String> properties;
  private final long until = Clock.system().monotonicMillis() + BOUND.toMillis();

  /**
   * @param servers addresses of the brokers
   * @param topic the ledger's
   * @param properties further settings of the consumer
   */
  public LedgerListing(String servers, String topic, Map<String, String> properties) {
    this.servers = servers;
    this.ledger = new TopicPartition(topic, 0);
    this.properties = Map.copyOf(properties);
  }

  /**
   * @return every record, oldest first
   */
  public List<LedgerLine> read() {
    try {
      Set<Long> committed = new HashSet<>();
      long decided = readAs("read_committed", record -> committed.add(record.offset()));
      List<LedgerLine> lines = new ArrayList<>();
      long unused =
          readAs(
              "read_uncommitted",
              record -> lines.add(line(record, fateOf(record.offset(), committed, decided))));
      return lines;
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "read the ledger " + ledger, servers);
    }
  }

  /** What is committed between the two readings was open at the first one. */
  private static Fate fateOf(long offset, Set<Long> committed, long decided) {
    if (committed.contains(offset)) {
      return Fate.COMMITTED;
    }
    return offset < decided ? Fate.ABORTED : Fate.OPEN;
  }

  /** Shows each record; gives the offset where they end. */
  private long readAs(String isolation, Consumer<ConsumerRecord<ByteBuffer, ByteBuffer>> reader) {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        new KafkaConsumer<>(settings, new ByteBufferDeserializer(), new ByteBufferDeserializer())) {
      if (!consumer.listTopics(BOUND).containsKey(ledger.topic())) {
        throw new ConnectorException(
            "Tried to read the ledger "
                + ledger.topic()
                + " at "
                + servers
                + ", found no such topic that may be read. Name the cluster of the job's sinks, and"
                + " the topic if the sink names one with ledgerTopic(...).");
      }
      consumer.assign(List.of(ledger));
      consumer.seekToBeginning(List.of(ledger));
      long end = consumer.endOffsets(List.of(ledger), BOUND).get(ledger);
      while (consumer.position(ledger, BOUND) < end) {
        if (Clock.system().monotonicMillis() > until) {
          throw new ConnectorException(
              "Tried to read the ledger "
                  + ledger
                  + " at "
                  + servers
                  + " to its end "
                  + end
                  + ", came to "
                  + consumer.position(ledger, BOUND)
                  + " within "
                  + BOUND.toSeconds()
                  + " s. Try again when the brokers answer faster.");
        }
        consumer.poll(POLL).forEach(reader);
      }
      return end;
    }
  }

  private LedgerLine line(ConsumerRecord<ByteBuffer, ByteBuffer> record, Fate fate) {
    LedgerRecord read = LedgerRecords.read(record.value(), ledger + "@" + record.offset());
    if (read instanceof Completed completed) {
      return new LedgerLine(
          record.offset(),
          Kind.COMPLETED,
          completed.attempt(),
          OptionalLong.of(completed.entry().checkpointId()),
          completed.entry().manifest(),
          completed.topics(),
          completed.entry().completedAtMillis(),
          fate);
    }
    Kind kind = read instanceof Claim ? Kind.CLAIM : Kind.FORGOTTEN;
    long at =
        read instanceof Claim claim
            ? claim.atMillis()
            : read instanceof Forgotten forgotten ? forgotten.atMillis() : record.timestamp();
    return new LedgerLine(
        record.offset(), kind, read.attempt(), OptionalLong.empty(), "", List.of(), at, fate);
  }
}
