package dev.weir.testing.sim.kafka;

import dev.weir.connector.ConnectorContext;
import dev.weir.connectors.kafka.ClientMeters;
import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.testing.sim.SimProcess;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the clients of one process. */
final class SimClients implements KafkaClients {
  private final SimCluster cluster;
  private final SimProcess process;

  SimClients(SimCluster cluster, SimProcess process) {
    this.cluster = cluster;
    this.process = process;
  }

  @Override
  @SuppressWarnings("unchecked") // It is for these types.
  public Consumer<ByteBuffer, ByteBuffer> consumer(Map<String, Object> settings) {
    return Partly.implementing(Consumer.class, new SimConsumer(cluster, process, settings));
  }

  @Override
  @SuppressWarnings("unchecked") // It is for these types.
  public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
    ProducerSession session = new ProducerSession(cluster, process, settings);
    return Partly.implementing(Producer.class, new SimProducer(cluster, session, settings));
  }

  @Override
  public Admin admin(Map<String, Object> settings) {
    return Partly.implementing(Admin.class, new SimAdmin(cluster, process));
  }

  /** None: a thread of the host would look at a world that is stepped by another. */
  @Override
  public ClientMeters bindMeters(Consumer<?, ?> consumer, ConnectorContext context) {
    return ClientMeters.none();
  }

  @Override
  public ClientMeters bindMeters(Producer<?, ?> producer, ConnectorContext context) {
    return ClientMeters.none();
  }

  @Override
  public RandomGenerator random() {
    return new Random(cluster.scheduler().random().nextLong());
  }
}
