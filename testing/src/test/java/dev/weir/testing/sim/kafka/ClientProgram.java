package dev.weir.testing.sim.kafka;

import dev.weir.connectors.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Calls of a few producers, some of which share a transactional id, drawn from a seed; each is over
 * before the next one begins. What can be seen of them is told, a line each.
 */
final class ClientProgram implements Program {
  static final int PARTITIONS = 2;

  private static final int SLOTS = 3;
  private static final int STEPS = 24;

  private final String topic;
  private final String servers;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Integer> begun = new HashSet<>();

  ClientProgram(long seed, String topic, String servers) {
    this.topic = topic;
    this.servers = servers;
    Random random = new Random(seed * 1_000_003);
    for (int i = 0; i < STEPS; i++) {
      steps.add(draw(random, i));
    }
  }

  /** A call of the producer in a slot. */
  private record Step(Call call, int slot, int partition, int number) {
    @Override
    public String toString() {
      return call + " " + slot;
    }
  }

  /** What is called. */
  private enum Call {
    OPEN,
    BEGIN,
    SEND,
    COMMIT,
    ABORT,
    CLOSE_NOW
  }

  private static Step draw(Random random, int number) {
    int slot = random.nextInt(SLOTS);
    int partition = random.nextInt(PARTITIONS);
    int roll = random.nextInt(20);
    Call call =
        roll < 3
            ? Call.OPEN
            : roll < 7
                ? Call.BEGIN
                : roll < 13
                    ? Call.SEND
                    : roll < 17 ? Call.COMMIT : roll < 19 ? Call.ABORT : Call.CLOSE_NOW;
    return new Step(call, slot, partition, number);
  }

  @Override
  public List<String> run(KafkaClients clients) {
    Map<Integer, Producer<byte[], byte[]>> slots = new HashMap<>();
    begun.clear();
    List<String> told = new ArrayList<>();
    for (Step step : steps) {
      told.add(step + ": " + outcome(() -> call(step, slots, clients)));
    }
    slots.values().forEach(producer -> producer.close(Duration.ZERO));
    return told;
  }

  /** Slots 0 and 1 have the same id, and so fence each other. */
  private void call(Step step, Map<Integer, Producer<byte[], byte[]>> slots, KafkaClients clients)
      throws ExecutionException, InterruptedException {
    if (step.call() == Call.OPEN) {
      Producer<byte[], byte[]> before = slots.get(step.slot());
      if (before != null) {
        before.close(Duration.ZERO);
      }
      Producer<byte[], byte[]> opened = clients.producer(settings(step.slot()));
      slots.put(step.slot(), opened);
      begun.remove(step.slot());
      opened.initTransactions();
      return;
    }
    Producer<byte[], byte[]> producer = slots.get(step.slot());
    if (producer == null) {
      return;
    }
    switch (step.call()) {
      case BEGIN -> {
        producer.beginTransaction();
        begun.add(step.slot());
      }
      case SEND -> {
        if (!begun.contains(step.slot())) {
          return; // Kafka's client keeps the record of a refused send and hangs in the next commit.
        }
        byte[] value = Integer.toString(step.number()).getBytes(StandardCharsets.UTF_8);
        Future<RecordMetadata> sent =
            producer.send(new ProducerRecord<>(topic, step.partition(), null, value));
        sent.get();
      }
      case COMMIT -> {
        producer.commitTransaction();
        begun.remove(step.slot());
      }
      case ABORT -> {
        producer.abortTransaction();
        begun.remove(step.slot());
      }
      default -> {
        producer.close(Duration.ZERO);
        slots.remove(step.slot());
      }
    }
  }

  private Map<String, Object> settings(int slot) {
    return new HashMap<>(
        Map.of(
            "bootstrap.servers", servers,
            "transactional.id", topic + "-" + slot / 2,
            "transaction.timeout.ms", 60_000,
            "retry.backoff.ms", 5,
            "linger.ms", 0,
            "max.block.ms", 20_000));
  }

  private static String outcome(ThrowingCall call) {
    try {
      call.run();
      return "fine";
    } catch (ExecutionException e) {
      return "later " + name(e.getCause());
    } catch (Exception e) {
      return name(e);
    }
  }

  private static String name(Throwable thrown) {
    String cause =
        thrown.getCause() == null ? "" : " of " + thrown.getCause().getClass().getSimpleName();
    return thrown.getClass().getSimpleName() + cause;
  }

  /** Everything committed that can be read now, and where reading and writing have come to. */
  @Override
  public List<String> state(KafkaClients clients) {
    List<String> told = new ArrayList<>();
    Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", servers));
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none");
    settings.put("enable.auto.commit", false);
    settings.put("fetch.max.wait.ms", 10);
    try (Consumer<ByteBuffer, ByteBuffer> consumer = clients.consumer(settings)) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        TopicPartition of = new TopicPartition(topic, partition);
        consumer.assign(List.of(of));
        consumer.seek(of, 0);
        long stable = consumer.endOffsets(List.of(of), Duration.ofSeconds(10)).get(of);
        told.add(of.partition() + " stable at " + stable + ": " + read(consumer, of, stable));
      }
    }
    return told;
  }

  private static List<String> read(
      Consumer<ByteBuffer, ByteBuffer> consumer, TopicPartition of, long end) {
    List<String> values = new ArrayList<>();
    while (consumer.position(of) < end) {
      ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(Duration.ofMillis(100));
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
        String value = StandardCharsets.UTF_8.decode(record.value().duplicate()).toString();
        values.add(record.offset() + "=" + value);
      }
    }
    values.add("position " + consumer.position(of));
    return values;
  }

  /** A call that may wait for a future. */
  @FunctionalInterface
  private interface ThrowingCall {
    void run() throws ExecutionException, InterruptedException;
  }
}
