package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A topic that gets more partitions while it is read, and keys that are only there. Immutable. */
final class GrowingWorkload implements Workload {
  private static final int FIRST_PARTITIONS = 2;
  private static final int PARTITIONS = 5;
  private static final int KEYS_PER_PARTITION = 2;
  private static final int RECORDS = 40;

  private final long seed;

  GrowingWorkload(long seed) {
    this.seed = seed;
  }

  @Override
  public Map<String, Integer> topics() {
    return Map.of(TestPipelines.INPUT, FIRST_PARTITIONS, TestPipelines.OUTPUT, 2);
  }

  @Override
  public List<Input> input() {
    Random random = new Random(seed * 19 + 5);
    List<Input> input = new ArrayList<>();
    long[] numbers = new long[PARTITIONS * KEYS_PER_PARTITION];
    for (int i = 0; i < RECORDS; i++) {
      int there = Math.min(PARTITIONS, FIRST_PARTITIONS + i * PARTITIONS / RECORDS);
      int key = random.nextInt(there * KEYS_PER_PARTITION);
      String number = Long.toString(++numbers[key]);
      input.add(
          Input.plain(TestPipelines.INPUT, key / KEYS_PER_PARTITION, "k" + key, number, i * 10L));
    }
    return input;
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("growing");
    pipeline
        .source("records", TestPipelines.growing(clients))
        .map(record -> new Result(record.key(), record.number(), record.number()))
        .sink("results", TestPipelines.sink(clients));
    return pipeline;
  }

  @Override
  public Optional<Origins> origins() {
    return new TestWorkload(Kind.PASSED, seed).origins();
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    return Judgement.of(Kind.PASSED, output.get(TestPipelines.OUTPUT), input);
  }
}
