package dev.weir.connectors.kafka;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/** Kafka's own clients. Thread-safe. */
final class RealKafkaClients implements KafkaClients {
  static final KafkaClients INSTANCE = new RealKafkaClients();

  /**
   * How long a broker that stands still is waited for before another one is asked: with Kafka's 30
   * s a call would be over before.
   */
  private static final int ADMIN_REQUEST_MILLIS = 5_000;

  private RealKafkaClients() {}

  @Override
  public Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(
        settings, new ByteBufferDeserializer(), new ByteBufferDeserializer());
  }

  @Override
  public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Admin admin(Map<String, Object> settings) {
    Map<String, Object> complete = new HashMap<>(settings);
    complete.putIfAbsent("request.timeout.ms", ADMIN_REQUEST_MILLIS);
    return Admin.create(complete);
  }

  @Override
  public RandomGenerator random() {
    return new SecureRandom();
  }
}
