package dev.weir.sample.clickcount.generator;

import dev.weir.error.WeirException;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.kafka.KafkaCluster;
import dev.weir.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends the clicks of a plan, each exactly once: an idempotent producer that never gives up
 * retrying, in one process that does not resume. A generator that dies leaves its topic without an
 * end; start over with an empty one. Thread-safe; sends from a thread of its own.
 */
public final class ClickGenerator {
  private static final long TICK_MILLIS = 5;

  private final GeneratorSettings settings;
  private final Clock clock;
  private volatile boolean isEndRequested;

  /**
   * @param settings what to send where
   * @param clock paces the sending
   */
  public ClickGenerator(GeneratorSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Sends everything and waits until Kafka has it. Blocks.
   *
   * @return what was sent: the plan, or its beginning if an early end was requested
   * @throws WeirException if the topic is missing or not empty, or Kafka refuses a click
   * @throws InterruptedException if the caller is interrupted; sending ends
   */
  public InputPlan run() throws InterruptedException {
    List<TopicPartition> partitions = emptyPartitions(settings);
    InputPlan plan = settings.plan();
    ClickSequence clicks = new ClickSequence(plan.start(), plan.windows(), settings.seed());
    try (Producer<String, byte[]> producer = producer(settings.bootstrapServers())) {
      ClickSender sender = new ClickSender(producer, partitions);
      sendAtPace(clicks, sender);
      InputPlan sent = new InputPlan(plan.start(), clicks.windows());
      sender.sendClosingClicks(sent);
      sender.awaitAcknowledgements();
      return sent;
    }
  }

  /** Asks for an early end: the window in progress is filled, then the input is closed. */
  public void requestEnd() {
    isEndRequested = true;
  }

  private void sendAtPace(ClickSequence clicks, ClickSender sender) throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    long begun = clock.nanos();
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "click-generator"));
    ScheduledFuture<?> ticking =
        ticks.scheduleWithFixedDelay(
            () -> tick(clicks, begun, sender, done), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new WeirException("The generator has stopped early: " + e.getCause().getMessage(), e);
    } finally {
      ticking.cancel(true);
      ticks.shutdownNow();
    }
  }

  private void tick(
      ClickSequence clicks, long begun, ClickSender sender, CompletableFuture<Void> done) {
    try {
      if (isEndRequested) {
        clicks.endEarly();
      }
      long due = new Pace(settings.clicksPerSecond()).dueAfter(clock.nanos() - begun);
      while (clicks.hasNext() && sender.sent() < due) {
        sender.send(clicks.next());
      }
      if (!clicks.hasNext()) {
        done.complete(null);
      }
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private static List<TopicPartition> emptyPartitions(GeneratorSettings settings) {
    try (KafkaCluster cluster = KafkaCluster.connect(settings.bootstrapServers())) {
      List<TopicPartition> partitions = cluster.requirePartitions(settings.topic());
      Map<TopicPartition, Long> ends = cluster.ends(partitions);
      long records = ends.values().stream().mapToLong(Long::longValue).sum();
      if (records > 0) {
        throw new WeirException(
            "The generator needs an empty topic, but '"
                + settings.topic()
                + "' has seen "
                + records
                + " records: clicks of two runs would be counted together. Give a new topic with"
                + " --input, or remove and create this one.");
      }
      return partitions;
    }
  }

  private static Producer<String, byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.LINGER_MS_CONFIG,
            5),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
