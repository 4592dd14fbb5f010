package dev.weir.testing.suite;

import dev.weir.testing.fault.Await;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes an input to its topic at a rate, on a thread of its own, over broker failures, in order.
 * Thread-safe.
 */
final class InputLoad implements AutoCloseable {
  private static final int TICK_MILLIS = 10;
  private static final int TICKS_PER_DROP = 4;
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final InputPlan plan;
  private final String topic;
  private final KafkaProducer<String, String> producer;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile int perTick;
  private volatile int trickleFrom;
  private int sent;
  private long ticks;

  InputLoad(String bootstrapServers, String topic, InputPlan plan) {
    this.plan = plan;
    this.topic = topic;
    this.trickleFrom = plan.total();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                // With more, the second batch may come to a partition that refused the first.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                "1",
                ProducerConfig.LINGER_MS_CONFIG,
                "5",
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "5000"), // Of several brokers one may stand still.
            new StringSerializer(),
            new StringSerializer());
  }

  /** Begins to write. */
  InputLoad start(int recordsPerSecond) {
    perTick = Math.max(1, recordsPerSecond * TICK_MILLIS / 1000);
    thread.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** After so many records the rest only trickles, so that on no machine it runs dry too early. */
  InputLoad upTo(int records) {
    trickleFrom = Math.min(records, plan.total());
    return this;
  }

  /** Writes nothing more until {@link #finish}. */
  void hold() {
    perTick = 0;
  }

  /** Writes the rest at once, and waits until all is acknowledged. */
  void finish() {
    trickleFrom = plan.total();
    perTick = plan.total();
    awaitWritten(plan.total());
  }

  /** Waits until so many records are acknowledged. */
  void awaitWritten(int records) {
    Await.until(
        records + " records of input",
        BOUND,
        () -> failure.get() != null || acknowledged.get() >= records);
    if (failure.get() != null) {
      throw new AssertionError("the input could not be written", failure.get());
    }
  }

  int written() {
    return acknowledged.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ZERO);
  }

  private void tick() {
    ticks++;
    for (int i = 0; i < perTick && sent < trickleFrom; i++) {
      sendNext();
    }
    if (sent >= trickleFrom && sent < plan.total() && ticks % TICKS_PER_DROP == 0) {
      sendNext();
    }
  }

  private void sendNext() {
    producer.send(
        plan.record(topic, sent++),
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          } else {
            acknowledged.incrementAndGet();
          }
        });
  }
}
