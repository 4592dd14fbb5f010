package dev.weir.benchmarks.loop;

import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.Words;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** W3, in a hash map. */
final class KeepTotals implements LoopWork {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Map<Long, byte[]> totals = new HashMap<>();

  KeepTotals(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // A commit tells of failures, or nobody does.
  public void process(ConsumerRecords<byte[], byte[]> batch) {
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      long key = Words.at(record.key(), 0);
      byte[] total = totals.computeIfAbsent(key, k -> BigState.none());
      BigState.update(total, record.value());
      if (BigState.isSampled(key)) {
        producer.send(new ProducerRecord<>(topic, BigState.total(key, total)));
      }
    }
  }
}
