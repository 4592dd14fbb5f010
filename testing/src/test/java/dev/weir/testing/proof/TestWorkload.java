package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.function.Aggregates;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.KeyedStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.time.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The simulated pipelines, over numbered records of a few keys. Immutable. */
final class TestWorkload implements Workload {
  static final int PARTITIONS = 2;
  static final Duration WINDOW = Duration.ofMillis(100);
  static final long DELAY_MILLIS = 35;

  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<Input.How> HOWS = List.of(Input.How.values());
  private static final int KEYS = 5;
  private static final int RECORDS = 40;
  private static final int MILLIS_PER_RECORD = 10;

  private final Kind kind;
  private final long seed;
  private final boolean isBounded;

  TestWorkload(Kind kind, long seed) {
    this.kind = kind;
    this.seed = seed;
    boolean needsTheEnd = kind == Kind.WINDOWS || kind == Kind.TIMERS;
    this.isBounded = needsTheEnd || seed % 31 < 29;
  }

  /** What the pipeline does. */
  enum Kind {
    /** Nothing: one chain from source to sink. */
    PASSED,
    /** Counts the records of each key in state, and says the count with each record. */
    COUNTED,
    /** Counts per key and window of event time. */
    WINDOWS,
    /** Says each record again when its timer is due. */
    TIMERS
  }

  /** The kinds take turns. */
  static Scenario scenario(long seed) {
    Kind kind = KINDS.get((int) Math.floorMod(seed, (long) KINDS.size()));
    return Scenario.of(seed, new TestWorkload(kind, seed));
  }

  @Override
  public Map<String, Integer> topics() {
    return Map.of(TestPipelines.INPUT, PARTITIONS, TestPipelines.OUTPUT, PARTITIONS);
  }

  @Override
  public List<Input> input() {
    Random random = new Random(seed * 17 + 3);
    boolean isTransactional = random.nextInt(3) == 0;
    boolean isLateAtTimes = kind == Kind.WINDOWS && random.nextBoolean();
    List<Input> input = new ArrayList<>();
    long[] numbers = new long[KEYS];
    for (int i = 0; i < RECORDS; i++) {
      int key = random.nextInt(KEYS);
      Input.How how = isTransactional ? HOWS.get(random.nextInt(HOWS.size())) : Input.How.PLAIN;
      long number = how == Input.How.ABORTED ? 1_000_000 : ++numbers[key];
      TopicPartition to = new TopicPartition(TestPipelines.INPUT, key % PARTITIONS);
      long time = isLateAtTimes && random.nextInt(8) == 0 ? 0 : (long) i * MILLIS_PER_RECORD;
      input.add(new Input(to, "k" + key, Long.toString(number), time, how));
    }
    return input;
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named(kind.name());
    DataStream<Numbered> records =
        pipeline.source("records", TestPipelines.source(clients, isBounded ? stops : Map.of()));
    KeyedStream<String, Numbered> keyed = records.keyBy(Numbered::key);
    DataStream<Result> results =
        switch (kind) {
          case PASSED -> records.map(r -> new Result(r.key(), r.number(), r.number()));
          case COUNTED -> keyed.process("count", new RunningCount());
          case TIMERS -> keyed.process("timers", new Again());
          case WINDOWS ->
              keyed
                  .window(Windows.tumbling(WINDOW))
                  .aggregate(
                      "windows",
                      Aggregates.counting(),
                      (key, window, count) -> new Result(key, window.start(), count));
        };
    results.sink("results", TestPipelines.sink(clients));
    return pipeline;
  }

  @Override
  public Optional<Origins> origins() {
    return kind == Kind.PASSED || kind == Kind.COUNTED
        ? Optional.of(new KeysAndNumbers())
        : Optional.empty();
  }

  @Override
  public Optional<Memory> memory() {
    return Optional.of((rows, read) -> StateJudgement.of(kind, rows, read));
  }

  /** No key has a number twice. */
  private static final class KeysAndNumbers implements Origins {
    @Override
    public String of(Input record) {
      return record.key() + " " + record.value();
    }

    @Override
    public String of(ConsumerRecord<byte[], byte[]> result) {
      Result of = Judgement.result(result);
      return of.key() + " " + of.number();
    }
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    return Judgement.of(kind, output.get(TestPipelines.OUTPUT), input);
  }

  /** Counts, and says the count with each record. */
  private static final class RunningCount
      implements KeyedProcessFunction<String, Numbered, Result> {
    private static final long serialVersionUID = 1L;
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
      context.collect(new Result(record.key(), record.number(), count));
    }
  }

  /** Sets a timer for each record; each time says how many there were. */
  private static final class Again implements KeyedProcessFunction<String, Numbered, Result> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> FIRED =
        ValueStateDescriptor.of("fired", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(FIRED);
    }

    @Override
    public void process(Numbered record, Context<String, Result> context) {
      context.timers().registerEventTime(context.timestamp() + DELAY_MILLIS);
    }

    @Override
    public void onTimer(long timestamp, Context<String, Result> context) {
      long fired = context.state(FIRED).getOr(0L) + 1;
      context.state(FIRED).set(fired);
      context.collect(new Result(context.key(), fired, fired));
    }
  }
}
