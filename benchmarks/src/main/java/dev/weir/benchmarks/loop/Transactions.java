package dev.weir.benchmarks.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** A transaction per interval, with the offsets. Confined to its thread. */
final class Transactions implements Commits {
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Duration interval;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private boolean isOpen;
  private long dueNanos;

  Transactions(
      Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, Duration interval) {
    this.consumer = consumer;
    this.producer = producer;
    this.interval = interval;
    this.dueNanos = System.nanoTime() + interval.toNanos();
  }

  @Override
  public Duration patience() {
    return Commits.patienceFor(interval);
  }

  @Override
  public void around(ConsumerRecords<byte[], byte[]> batch, LoopWork work) {
    if (!isOpen && !batch.isEmpty()) {
      producer.beginTransaction();
      isOpen = true;
    }
    work.process(batch);
    offsets.putAll(batch.nextOffsets());
    if (isOpen && System.nanoTime() >= dueNanos) {
      producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
      producer.commitTransaction();
      offsets.clear();
      isOpen = false;
      dueNanos = System.nanoTime() + interval.toNanos();
    }
  }
}
