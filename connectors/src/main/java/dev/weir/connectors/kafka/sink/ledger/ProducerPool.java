package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.ConnectorContext;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.ClientMeters;
import dev.weir.connectors.kafka.sink.CountedProducer;
import dev.weir.connectors.kafka.sink.LedgerOptions;
import dev.weir.connectors.kafka.sink.ProducerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The producers of a job's transactional ids, in the ids' order. Confined to one thread at a time.
 */
final class ProducerPool implements AutoCloseable {
  private static final Duration ABORT_TIMEOUT = Duration.ofSeconds(1);

  private final List<Producer<byte[], byte[]>> producers = new ArrayList<>();
  private final List<ClientMeters> meters = new ArrayList<>();
  private final long bufferBytes;
  private final String servers;

  private ProducerPool(long bufferBytes, String servers) {
    this.bufferBytes = bufferBytes;
    this.servers = servers;
  }

  /** Makes pools of fresh producers. */
  @FunctionalInterface
  interface Maker {
    /** A pool that has touched nothing yet. */
    ProducerPool make();
  }

  /** Makes one producer for each of the job's ids. */
  static ProducerPool make(LedgerOptions options, ConnectorContext context, long timeoutMillis) {
    List<Map<String, Object>> settings =
        LedgerOptions.transactionalIds(context.jobName()).stream()
            .map(id -> ProducerSettings.transactional(options.settings(), id, timeoutMillis))
            .toList();
    ProducerPool pool =
        new ProducerPool(
            ProducerSettings.bufferBytes(settings.get(0)), options.settings().servers());
    try {
      for (Map<String, Object> of : settings) {
        Producer<byte[], byte[]> producer = options.clients().producer(of);
        pool.producers.add(producer);
        pool.meters.add(options.clients().bindMeters(producer, context));
      }
      return pool;
    } catch (KafkaException e) {
      pool.close();
      throw ClientFailures.of(e, "make the sinks' producers", pool.servers);
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Ends every transaction of earlier attempts and takes the ids from them, one after the other.
   */
  void fenceAll() {
    producers.forEach(Producer::initTransactions);
  }

  int size() {
    return producers.size();
  }

  Producer<byte[], byte[]> producer(int index) {
    return producers.get(index);
  }

  List<Producer<byte[], byte[]>> producers() {
    return List.copyOf(producers);
  }

  /** The producers, each with the bytes that it may hold. */
  List<CountedProducer.Bounded> bounded() {
    return producers.stream().map(p -> new CountedProducer.Bounded(p, bufferBytes)).toList();
  }

  String servers() {
    return servers;
  }

  /**
   * Lets go; takes a short time. Ends what is open, so that readers of committed records need not
   * wait for it to time out. A commit that is under way is decided by the broker either way.
   */
  void close(Set<Producer<byte[], byte[]>> open) {
    meters.forEach(ClientMeters::close);
    meters.clear();
    for (Producer<byte[], byte[]> producer : producers) {
      producer.close(open.contains(producer) ? ABORT_TIMEOUT : Duration.ZERO);
    }
  }

  /** Lets go at once; open transactions are left to whoever fences them. Idempotent. */
  @Override
  public void close() {
    close(Set.of());
  }
}
