package dev.weir.benchmarks.run;

import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import dev.weir.benchmarks.work.PassThrough;
import dev.weir.benchmarks.work.Words;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the input topic. Confined to one thread. */
final class Input implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;

  Input(String bootstrap, int lingerMillis) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "linger.ms",
            lingerMillis,
            "batch.size",
            256 * 1024,
            "acks",
            "1",
            "enable.idempotence",
            false,
            "buffer.memory",
            64L * 1024 * 1024);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** All of a workload's input at once. */
  void preload(Workload workload, long count) {
    for (long i = 0; i < count; i++) {
      switch (workload) {
        case W1 -> send(i, ClickJson.click(ClickPlan.time(i), ClickPlan.page(i)));
        case W3 -> sendUpdate(i);
        default -> sendNumbered(i, 0);
      }
    }
    if (workload == Workload.W1) {
      closeWindows(count);
    }
  }

  /** One record of W2, W4 and W5. */
  void sendNumbered(long id, long createdNanos) {
    send(id, PassThrough.input(id, createdNanos));
  }

  private void sendUpdate(long i) {
    byte[] key = new byte[Long.BYTES];
    Words.put(key, 0, BigState.key(i));
    int partition = BigState.partitionOf(BigState.key(i), BenchBroker.PARTITIONS);
    send(new ProducerRecord<>(EngineStart.IN, partition, key, BigState.input(i)));
  }

  /** A late click of each page in each partition, whatever drives an engine's event time. */
  private void closeWindows(long count) {
    for (int page = 0; page < 64; page++) {
      for (int partition = 0; partition < BenchBroker.PARTITIONS; partition++) {
        send(partition, ClickJson.click(ClickPlan.closingTime(count), ClickPlan.page(page)));
      }
    }
  }

  private void send(long i, byte[] value) {
    int partition = (int) (i % BenchBroker.PARTITIONS);
    send(new ProducerRecord<>(EngineStart.IN, partition, null, value));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is not there fails the check of the output.
  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  @Override
  public void close() {
    producer.close();
  }
}
