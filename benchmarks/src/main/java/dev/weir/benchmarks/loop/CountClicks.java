package dev.weir.benchmarks.loop;

import dev.weir.benchmarks.work.Click;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** W1: counts each batch by itself, then adds that to what all threads share. */
record CountClicks(SharedWindows windows, Producer<byte[], byte[]> producer, String topic)
    implements LoopWork {
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // A commit tells of failures, or nobody does.
  public void process(ConsumerRecords<byte[], byte[]> batch) {
    Map<Long, Map<String, long[]>> counts = new HashMap<>();
    Map<Integer, Long> newest = new HashMap<>();
    for (TopicPartition partition : batch.partitions()) {
      long greatest = Long.MIN_VALUE;
      for (ConsumerRecord<byte[], byte[]> record : batch.records(partition)) {
        Click click = ClickJson.parse(record.value());
        greatest = Math.max(greatest, click.time());
        counts.computeIfAbsent(ClickPlan.windowOf(click.time()), w -> new HashMap<>())
            .computeIfAbsent(click.page(), page -> new long[1])[0]++;
      }
      newest.put(partition.partition(), greatest);
    }
    for (byte[] result : windows.add(counts, newest)) {
      producer.send(new ProducerRecord<>(topic, result));
    }
  }
}
