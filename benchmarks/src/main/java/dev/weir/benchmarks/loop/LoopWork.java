package dev.weir.benchmarks.loop;

import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What is done with each polled batch. Confined to its thread. */
interface LoopWork {
  void process(ConsumerRecords<byte[], byte[]> batch);
}
