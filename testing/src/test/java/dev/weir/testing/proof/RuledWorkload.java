package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.BroadcastState;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Streams that come together: records of two topics, one of them broadcast, parted and united, with
 * state of keys, of tasks and of what is broadcast. At the end of time each key and task says what
 * it has. Immutable.
 */
final class RuledWorkload implements Workload {
  private static final String RULES = "rules";
  private static final int PARTITIONS = 2;
  private static final int KEYS = 4;
  private static final int RECORDS = 24;
  private static final int EACH_RULE = 4;
  private static final String OF_RULES = "rules-";

  private final long seed;

  RuledWorkload(long seed) {
    this.seed = seed;
  }

  @Override
  public Map<String, Integer> topics() {
    return Map.of(TestPipelines.INPUT, PARTITIONS, RULES, 1, TestPipelines.OUTPUT, PARTITIONS);
  }

  @Override
  public List<Input> input() {
    Random random = new Random(seed * 31 + 7);
    List<Input> input = new ArrayList<>();
    long[] numbers = new long[KEYS];
    for (int i = 0; i < RECORDS; i++) {
      int key = random.nextInt(KEYS);
      input.add(
          Input.plain(
              TestPipelines.INPUT,
              key % PARTITIONS,
              "k" + key,
              Long.toString(++numbers[key]),
              i * 10L));
      if (i % EACH_RULE == 0) {
        input.add(Input.plain(RULES, 0, "r" + i, Integer.toString(i), 0));
      }
    }
    return input;
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("ruled");
    DataStream<Numbered> records = pipeline.source("records", TestPipelines.source(clients, stops));
    DataStream<Numbered> rules =
        pipeline.source("rules", TestPipelines.untimed(RULES, clients, stops));
    DataStream<Numbered> together =
        records
            .filter(record -> isEven(record.key()))
            .union(records.filter(record -> !isEven(record.key())));
    together
        .keyBy(Numbered::key)
        .connect(rules.broadcast(Ruled.SEEN))
        .process("ruled", new Ruled())
        .union(together.process("tally", new Tally()))
        .sink("results", TestPipelines.sink(clients));
    return pipeline;
  }

  private static boolean isEven(String key) {
    return key.charAt(1) % 2 == 0;
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    Map<String, List<String>> expected = new TreeMap<>();
    long records = input.stream().filter(each -> !each.to().topic().equals(RULES)).count();
    long rules = input.size() - records;
    for (Input each : input) {
      if (!each.to().topic().equals(RULES)) {
        expected
            .computeIfAbsent(each.key(), key -> new ArrayList<>())
            .add(each.value() + " " + each.value());
        expected.put(OF_RULES + each.key(), List.of(rules + " " + rules));
      }
    }
    Map<String, List<String>> found = new TreeMap<>();
    long[] tallies = new long[2];
    for (ConsumerRecord<byte[], byte[]> record : output.get(TestPipelines.OUTPUT)) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      String value = new String(record.value(), StandardCharsets.UTF_8);
      if (key.equals(Tally.OF_TASKS) || key.equals(Tally.OF_ALL)) {
        tallies[key.equals(Tally.OF_TASKS) ? 0 : 1] += Long.parseLong(value.split(" ", -1)[1]);
      } else {
        found.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
      }
    }
    List<String> findings = new ArrayList<>();
    if (!found.equals(expected)) {
      findings.add("expected " + expected + ", found " + found);
    }
    if (tallies[0] != records || tallies[1] != records) {
      findings.add(
          "tasks counted " + tallies[0] + " and " + tallies[1] + " of " + records + " records");
    }
    return findings;
  }

  /** Counts per key, and tells at the end which rules were seen and how often. */
  private static final class Ruled
      implements KeyedBroadcastProcessFunction<String, Numbered, Numbered, Result> {
    private static final long serialVersionUID = 1L;
    private static final long LATER = 1_000_000;
    private static final MapStateDescriptor<String, Long> SEEN =
        MapStateDescriptor.of("seen", String.class, Long.class);
    private static final ValueStateDescriptor<Long> COUNT =
        ValueStateDescriptor.of("count", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(COUNT);
    }

    @Override
    public void process(Numbered record, Context<String, Result> context) {
      long count = context.state(COUNT).getOr(0L) + 1;
      context.state(COUNT).set(count);
      context.timers().registerEventTime(LATER);
      context.collect(new Result(record.key(), record.number(), count));
    }

    @Override
    public void processBroadcast(Numbered rule, BroadcastContext<Result> context) {
      BroadcastState<String, Long> seen = context.broadcastState(SEEN);
      seen.put(rule.key(), seen.get(rule.key()).orElse(0L) + 1);
    }

    @Override
    public void onTimer(long timestamp, Context<String, Result> context) {
      Map<String, Long> seen = context.broadcastState(SEEN).entries();
      long times = seen.values().stream().mapToLong(each -> each).sum();
      context.collect(new Result(OF_RULES + context.key(), seen.size(), times));
    }
  }
}
