package dev.weir.connectors.kafka;

import dev.weir.connector.ConnectorContext;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The port to Kafka: everything a source or a sink does to a broker goes through clients made here.
 * Tests and simulations put their own in its place; everybody else uses {@link #real()}.
 * Thread-safe.
 */
public interface KafkaClients {
  /**
   * @return Kafka's own clients
   */
  static KafkaClients real() {
    return RealKafkaClients.INSTANCE;
  }

  /**
   * @param settings settings of the consumer, complete but for the deserializers
   * @return a new consumer; its buffers are slices of what was fetched and must not be changed
   */
  Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> settings);

  /**
   * @param settings settings of the producer, complete but for the serializers
   * @return a new producer
   */
  Producer<byte[], byte[]> producer(Map<String, Object> settings);

  /**
   * @param settings settings of the admin client
   * @return a new admin client
   */
  Admin admin(Map<String, Object> settings);

  /**
   * Shows a consumer's own meters. Here: all of them, refreshed on a thread that clients share.
   *
   * @param consumer made here
   * @param context has the registry and the tags
   * @return the binding, to be closed before the consumer
   */
  default ClientMeters bindMeters(Consumer<?, ?> consumer, ConnectorContext context) {
    return ClientMeters.bind(consumer, context);
  }

  /**
   * Shows a producer's own meters. Here: all of them, refreshed on a thread that clients share.
   *
   * @param producer made here
   * @param context has the registry and the tags
   * @return the binding, to be closed before the producer
   */
  default ClientMeters bindMeters(Producer<?, ?> producer, ConnectorContext context) {
    return ClientMeters.bind(producer, context);
  }

  /**
   * @return a new source of randomness, for names that must differ and for waits that should
   */
  RandomGenerator random();
}
