package dev.weir.testing.suite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Watches a topic for how long nothing is written to it, committed or not. Thread-safe; reads on a
 * thread of its own.
 */
final class OutputWatch implements AutoCloseable {
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::watch, "output-watch");
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean isOver;

  OutputWatch(String bootstrapServers, String topic) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(topic, each.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  /** The longest silence since this was asked last, up to now. */
  long longestMillis() {
    long open = System.nanoTime() - lastNanos;
    return Math.max(open, longestNanos.getAndSet(0)) / 1_000_000;
  }

  private void watch() {
    while (!isOver) {
      if (!consumer.poll(GLANCE).isEmpty()) {
        long now = System.nanoTime();
        long silence = now - lastNanos;
        longestNanos.accumulateAndGet(silence, Math::max);
        lastNanos = now;
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    thread.join();
    consumer.close();
  }
}
