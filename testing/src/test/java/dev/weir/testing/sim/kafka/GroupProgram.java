package dev.weir.testing.sim.kafka;

import dev.weir.connectors.kafka.KafkaClients;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Calls that write and read the offsets of two groups, drawn from a seed: by an admin client, as
 * owners show themselves, and by a consumer, as sources publish theirs. Now and then a partition is
 * meant that does not exist.
 */
final class GroupProgram implements Program {
  private static final int STEPS = 16;
  private static final int GROUPS = 2;
  private static final int BOUND_MILLIS = 10_000;

  private final String topic;
  private final String servers;
  private final List<Step> steps = new ArrayList<>();

  GroupProgram(long seed, String topic, String servers) {
    this.topic = topic;
    this.servers = servers;
    Random random = new Random(seed * 1_000_003);
    for (int i = 0; i < STEPS; i++) {
      steps.add(draw(random));
    }
  }

  /** One call, on one partition. */
  private record Step(Call call, int group, int partition, OffsetAndMetadata offset) {
    @Override
    public String toString() {
      return call + " " + group + " " + partition;
    }
  }

  /** What is called. */
  private enum Call {
    LIST,
    ALTER,
    COMMIT
  }

  private static Step draw(Random random) {
    Call call = Call.values()[random.nextInt(Call.values().length)];
    boolean isMissing = call != Call.COMMIT && random.nextInt(6) == 0;
    int existing = random.nextInt(ClientProgram.PARTITIONS);
    String text = random.nextBoolean() ? "" : "sign " + random.nextInt(100);
    return new Step(
        call,
        random.nextInt(GROUPS),
        isMissing ? ClientProgram.PARTITIONS : existing,
        new OffsetAndMetadata(random.nextInt(1_000), text));
  }

  @Override
  public List<String> run(KafkaClients clients) {
    List<String> told = new ArrayList<>();
    try (Admin admin = clients.admin(new HashMap<>(Map.of("bootstrap.servers", servers)))) {
      for (Step step : steps) {
        told.add(step + ": " + outcome(step, admin, clients));
      }
    }
    return told;
  }

  @Override
  public List<String> state(KafkaClients clients) {
    List<String> told = new ArrayList<>();
    try (Admin admin = clients.admin(new HashMap<>(Map.of("bootstrap.servers", servers)))) {
      for (int group = 0; group < GROUPS; group++) {
        for (int partition = 0; partition < ClientProgram.PARTITIONS; partition++) {
          told.add(outcome(new Step(Call.LIST, group, partition, null), admin, clients));
        }
      }
    }
    return told;
  }

  private String outcome(Step step, Admin admin, KafkaClients clients) {
    try {
      return call(step, admin, clients);
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }

  private String call(Step step, Admin admin, KafkaClients clients)
      throws ExecutionException, InterruptedException {
    String group = topic + "-group-" + step.group();
    TopicPartition partition = new TopicPartition(topic, step.partition());
    switch (step.call()) {
      case LIST -> {
        ListConsumerGroupOffsetsSpec spec =
            new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
        OffsetAndMetadata found =
            admin
                .listConsumerGroupOffsets(
                    Map.of(group, spec),
                    new ListConsumerGroupOffsetsOptions().timeoutMs(BOUND_MILLIS))
                .partitionsToOffsetAndMetadata(group)
                .get()
                .get(partition);
        return found == null ? "nothing" : found.offset() + " " + found.metadata();
      }
      case ALTER ->
          admin
              .alterConsumerGroupOffsets(
                  group,
                  Map.of(partition, step.offset()),
                  new AlterConsumerGroupOffsetsOptions().timeoutMs(BOUND_MILLIS))
              .all()
              .get();
      default -> commit(group, Map.of(partition, step.offset()), clients);
    }
    return "fine";
  }

  private void commit(
      String group, Map<TopicPartition, OffsetAndMetadata> offsets, KafkaClients clients) {
    Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", servers));
    settings.put("group.id", group);
    settings.put("enable.auto.commit", false);
    try (Consumer<ByteBuffer, ByteBuffer> consumer = clients.consumer(settings)) {
      consumer.assign(offsets.keySet());
      consumer.commitSync(offsets, Duration.ofMillis(BOUND_MILLIS));
    }
  }
}
