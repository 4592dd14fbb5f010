package dev.weir.testing.suite.job;

import dev.weir.connectors.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Kafka's own clients, whose producers tell the striker of each effect. Thread-safe. */
final class WatchedClients implements KafkaClients {
  private final Striker striker;
  private final Random chance;

  WatchedClients(Striker striker, long seed) {
    this.striker = striker;
    this.chance = new Random(seed);
  }

  @Override
  public Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> settings) {
    return KafkaClients.real().consumer(settings);
  }

  @Override
  public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return WatchedProducer.around(KafkaClients.real().producer(settings), striker, chance);
  }

  @Override
  public Admin admin(Map<String, Object> settings) {
    return KafkaClients.real().admin(settings);
  }

  @Override
  public RandomGenerator random() {
    return KafkaClients.real().random();
  }
}
