package dev.weir.benchmarks.loop;

import dev.weir.benchmarks.work.PassThrough;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** W2, W4, W5 and W7. */
record PassOn(Producer<byte[], byte[]> producer, String topic) implements LoopWork {
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // A commit tells of failures, or nobody does.
  public void process(ConsumerRecords<byte[], byte[]> batch) {
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      producer.send(new ProducerRecord<>(topic, PassThrough.map(record.value())));
    }
  }
}
