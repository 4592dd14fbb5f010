package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes records that it cannot read to a topic of their own. Immutable. */
final class PoisonWorkload implements Workload {
  private static final String ASIDE = "aside";
  private static final String POISON = "poison ";
  private static final int PARTITIONS = 2;
  private static final int KEYS = 4;
  private static final int RECORDS = 40;

  private final long seed;

  PoisonWorkload(long seed) {
    this.seed = seed;
  }

  @Override
  public Map<String, Integer> topics() {
    return Map.of(TestPipelines.INPUT, PARTITIONS, TestPipelines.OUTPUT, 2, ASIDE, 1);
  }

  @Override
  public List<Input> input() {
    Random random = new Random(seed * 29 + 3);
    List<Input> input = new ArrayList<>();
    int[] good = new int[KEYS];
    int[] bad = new int[KEYS];
    for (int i = 0; i < RECORDS; i++) {
      int key = random.nextInt(KEYS);
      String value = random.nextInt(4) == 0 ? POISON + ++bad[key] : Integer.toString(++good[key]);
      input.add(Input.plain(TestPipelines.INPUT, key % PARTITIONS, "k" + key, value, i));
    }
    return input;
  }

  /** What cannot be read has a number below zero. */
  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("poison");
    DataStream<Numbered> records =
        pipeline.source(
            "records",
            TestPipelines.lenient(
                clients,
                stops,
                (record, failure) -> new Numbered(text(record.key()), -number(record.value()))));
    records
        .filter(record -> record.number() > 0)
        .map(record -> new Result(record.key(), record.number(), record.number()))
        .sink("results", TestPipelines.sink(clients));
    records
        .filter(record -> record.number() < 0)
        .map(record -> new Result(record.key(), -record.number(), -record.number()))
        .sink("aside", TestPipelines.sink(ASIDE, clients));
    return pipeline;
  }

  private static long number(ByteBuffer poison) {
    return Long.parseLong(text(poison).substring(POISON.length()));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  /** So what is put aside is in the transaction of its checkpoint, like everything else. */
  @Override
  public Optional<Origins> origins() {
    return Optional.of(
        new Origins() {
          @Override
          public String of(Input record) {
            return record.key() + " " + record.value();
          }

          @Override
          public String of(ConsumerRecord<byte[], byte[]> result) {
            Result of = Judgement.result(result);
            return of.key() + " " + (result.topic().equals(ASIDE) ? POISON : "") + of.number();
          }
        });
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    List<String> findings = new ArrayList<>();
    List<Input> bad = input.stream().filter(record -> record.value().startsWith(POISON)).toList();
    List<Input> good = new ArrayList<>(input);
    good.removeAll(bad);
    findings.addAll(Judgement.of(Kind.PASSED, output.get(TestPipelines.OUTPUT), good));
    findings.addAll(Judgement.of(Kind.PASSED, output.get(ASIDE), bad));
    return findings;
  }
}
