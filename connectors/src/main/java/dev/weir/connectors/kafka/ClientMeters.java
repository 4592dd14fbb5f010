package dev.weir.connectors.kafka;

import dev.weir.connector.ConnectorContext;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Binds Kafka's own meters to a connector's registry, until closed. Thread-safe. The meters are
 * looked through again now and then on the shared {@link RefreshScheduler}.
 */
public final class ClientMeters implements AutoCloseable {
  private static final ClientMeters NONE = new ClientMeters(() -> {});

  private final Runnable unbinding;

  private ClientMeters(Runnable unbinding) {
    this.unbinding = unbinding;
  }

  /**
   * @return of a client that has no meters
   */
  public static ClientMeters none() {
    return NONE;
  }

  static ClientMeters bind(Consumer<?, ?> consumer, ConnectorContext context) {
    RefreshScheduler scheduler = new RefreshScheduler();
    return bound(new KafkaClientMetrics(consumer, context.tags(), scheduler), scheduler, context);
  }

  static ClientMeters bind(Producer<?, ?> producer, ConnectorContext context) {
    RefreshScheduler scheduler = new RefreshScheduler();
    return bound(new KafkaClientMetrics(producer, context.tags(), scheduler), scheduler, context);
  }

  private static ClientMeters bound(
      KafkaClientMetrics metrics, RefreshScheduler scheduler, ConnectorContext context) {
    metrics.bindTo(context.meters());
    return new ClientMeters(
        () -> {
          scheduler.shutdownNow();
          metrics.close();
        });
  }

  @Override
  public void close() {
    unbinding.run();
  }
}
