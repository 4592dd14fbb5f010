package dev.weir.testing.proof;

import dev.weir.connectors.kafka.KafkaClients;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import dev.weir.testing.proof.TestPipelines.Numbered;
import dev.weir.testing.proof.TestPipelines.Result;
import dev.weir.testing.proof.TestWorkload.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Says each record when the clock has moved on for a while, so that all output is made by timers of
 * processing time, some of it long after the last record. Immutable.
 */
final class ClockWorkload implements Workload {
  private static final long DELAY_MILLIS = 300;

  private final TestWorkload counted;

  ClockWorkload(long seed) {
    this.counted = new TestWorkload(Kind.COUNTED, seed);
  }

  @Override
  public Map<String, Integer> topics() {
    return counted.topics();
  }

  @Override
  public List<Input> input() {
    return counted.input();
  }

  @Override
  public Pipeline pipeline(KafkaClients clients, Map<TopicPartition, Long> stops) {
    Pipeline pipeline = Pipeline.named("clock");
    pipeline
        .source("records", TestPipelines.source(clients, Map.of()))
        .keyBy(Numbered::key)
        .process("later", new Later())
        .sink("results", TestPipelines.sink(clients));
    return pipeline;
  }

  /** What has not been said waits, and nothing of it is lost. */
  @Override
  public Optional<Memory> memory() {
    return Optional.of(
        (rows, read) -> StateJudgement.sums(List.of("value.said", "value.waiting"), rows, read));
  }

  @Override
  public List<String> judge(
      Map<String, List<ConsumerRecord<byte[], byte[]>>> output, List<Input> input) {
    return Judgement.of(Kind.COUNTED, output.get(TestPipelines.OUTPUT), input);
  }

  /** Counts what waits; when the clock has come so far, says all of it. */
  private static final class Later implements KeyedProcessFunction<String, Numbered, Result> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Long> SAID =
        ValueStateDescriptor.of("said", Long.class);
    private static final ValueStateDescriptor<Long> WAITING =
        ValueStateDescriptor.of("waiting", Long.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(SAID, WAITING);
    }

    @Override
    public void process(Numbered record, Context<String, Result> context) {
      context.state(WAITING).set(context.state(WAITING).getOr(0L) + 1);
      context
          .timers()
          .registerProcessingTime(context.timers().currentProcessingTime() + DELAY_MILLIS);
    }

    @Override
    public void onTimer(long timestamp, Context<String, Result> context) {
      long said = context.state(SAID).getOr(0L);
      for (long waiting = context.state(WAITING).getOr(0L); waiting > 0; waiting--) {
        said++;
        context.collect(new Result(context.key(), said, said));
      }
      context.state(SAID).set(said);
      context.state(WAITING).set(0L);
    }
  }
}
