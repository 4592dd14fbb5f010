package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.ConnectorContext;
import dev.weir.connector.OwnerBeacon;
import dev.weir.connectors.kafka.AdminCalls;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientKind;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.error.WeirException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beacon of a job in Kafka: the metadata of a committed offset, of a group that nobody joins,
 * on the ledger's partition. Kafka keeps the newest and forgets the others, so signs of life leave
 * no trail, and a standby needs no producer and fences nobody. One I/O thread at a time.
 */
final class KafkaBeacon implements OwnerBeacon {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaBeacon.class);

  /** The first call may have to wait for a cluster that comes up. */
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final Admin admin;
  private final String servers;
  private final String group;
  private final TopicPartition ledger;
  private Duration timeout = AdminCalls.TIMEOUT;
  private boolean isRefused;

  private KafkaBeacon(Admin admin, String servers, String group, TopicPartition ledger) {
    this.admin = admin;
    this.servers = servers;
    this.group = group;
    this.ledger = ledger;
  }

  static KafkaBeacon make(LedgerOptions options, ConnectorContext context) {
    Map<String, Object> settings = options.settings().of(ClientKind.ADMIN);
    settings.putIfAbsent("client.id", "weir-" + context.jobName() + "-owner");
    String servers = options.settings().servers();
    try {
      return new KafkaBeacon(
          options.clients().admin(settings),
          servers,
          "weir-owner-" + context.jobName(),
          new TopicPartition(options.topicOf(context.jobName()), 0));
    } catch (KafkaException e) {
      throw ClientFailures.of(e, "make a client for the owner's signs of life", servers);
    }
  }

  @Override
  public Optional<String> read() {
    if (isRefused) {
      return Optional.empty();
    }
    ListConsumerGroupOffsetsOptions options =
        new ListConsumerGroupOffsetsOptions().timeoutMs(timeoutMillis());
    ListConsumerGroupOffsetsSpec spec =
        new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(ledger));
    return await(
            admin
                .listConsumerGroupOffsets(Map.of(group, spec), options)
                .partitionsToOffsetAndMetadata(group),
            "read")
        .flatMap(offsets -> Optional.ofNullable(offsets.get(ledger)))
        .map(OffsetAndMetadata::metadata)
        .filter(text -> !text.isEmpty());
  }

  @Override
  public void show(String sign) {
    if (isRefused) {
      return;
    }
    AlterConsumerGroupOffsetsOptions options =
        new AlterConsumerGroupOffsetsOptions().timeoutMs(timeoutMillis());
    Optional<Void> unused =
        await(
            admin
                .alterConsumerGroupOffsets(
                    group, Map.of(ledger, new OffsetAndMetadata(0, sign)), options)
                .all(),
            "show");
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  /** Empty where there is nothing yet, or it is not allowed to look. */
  private <T> Optional<T> await(KafkaFuture<T> answer, String verb) {
    String tried = verb + " the owner's sign of life, the offset of group '" + group + "',";
    try {
      Optional<T> found = Optional.ofNullable(AdminCalls.await(answer, tried, servers, timeout));
      timeout = QUICK;
      return found;
    } catch (WeirException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty(); // The ledger is not made yet.
      }
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      isRefused = true;
      LOG.warn(
          "No instance of the job can stand by for another one: {} Allow READ on group {}, or set"
              + " standby.detection.ms to 0.",
          e.getMessage(),
          group);
      return Optional.empty();
    }
  }

  private int timeoutMillis() {
    return (int) timeout.toMillis();
  }
}
