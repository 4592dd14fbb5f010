package dev.weir.testing.sim.kafka;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Fetched records whose partitions come in the same order in each JVM. */
final class OrderedRecords extends ConsumerRecords<ByteBuffer, ByteBuffer> {
  private final Map<TopicPartition, OffsetAndMetadata> next;

  OrderedRecords(
      Map<TopicPartition, List<ConsumerRecord<ByteBuffer, ByteBuffer>>> records,
      Map<TopicPartition, OffsetAndMetadata> next) {
    super(records, next);
    this.next = Collections.unmodifiableMap(next);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> nextOffsets() {
    return next;
  }
}
