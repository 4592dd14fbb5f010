package dev.weir.connectors.kafka.source;

import dev.weir.connectors.kafka.AdminCalls;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks for partitions' offsets. Blocks; confined to one thread at a time. */
final class OffsetLookup {
  private final Admin admin;
  private final String servers;

  OffsetLookup(Admin admin, String servers) {
    this.admin = admin;
    this.servers = servers;
  }

  /** The bounds of each partition; with a time also the offset at that time. */
  Map<TopicPartition, OffsetBounds> bounds(
      Collection<TopicPartition> partitions, OptionalLong timestampMillis) {
    Map<TopicPartition, OffsetBounds> bounds = new HashMap<>();
    if (partitions.isEmpty()) {
      return bounds;
    }
    var earliest = ask(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    var committed = ask(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    var end = ask(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    Optional<Map<TopicPartition, ListOffsetsResultInfo>> timed =
        timestampMillis.isEmpty()
            ? Optional.empty()
            : Optional.of(
                ask(
                    partitions,
                    OffsetSpec.forTimestamp(timestampMillis.getAsLong()),
                    IsolationLevel.READ_COMMITTED));
    for (TopicPartition partition : partitions) {
      bounds.put(
          partition,
          new OffsetBounds(
              earliest.get(partition).offset(),
              committed.get(partition).offset(),
              end.get(partition).offset(),
              timed.map(t -> found(t.get(partition))).orElse(OptionalLong.empty())));
    }
    return bounds;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> ask(
      Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> question =
        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
    ListOffsetsOptions options = new ListOffsetsOptions(isolation);
    options.timeoutMs((int) AdminCalls.TIMEOUT.toMillis());
    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer =
        admin.listOffsets(question, options).all();
    return AdminCalls.await(answer, "list the offsets of " + partitions, servers);
  }

  private static OptionalLong found(ListOffsetsResultInfo info) {
    return info.offset() < 0 ? OptionalLong.empty() : OptionalLong.of(info.offset());
  }
}
