package dev.weir.benchmarks.micro;

import dev.weir.function.Aggregates;
import dev.weir.internal.operator.OperatorChain;
import dev.weir.internal.operator.Output;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.serde.TypeSerializers;
import dev.weir.time.Clock;
import dev.weir.time.Windows;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A record through chained operators, into a window, and with a timer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ChainBenchmark {
  private static final int KEYS = 1024;
  private static final long WINDOW_MILLIS = 1000;

  private final Long[] records = new Long[KEYS];
  private Output<Object> chain;
  private Output<Object> window;
  private Output<Object> timers;
  private Output<Object> sums;
  private int next;
  private long time;

  /** Builds the chains. */
  @Setup
  public void build() throws Exception {
    for (int i = 0; i < KEYS; i++) {
      records[i] = (long) i;
    }
    Pipeline mapped = Pipeline.named("mapped");
    numbers(mapped).map(n -> n).filter(n -> n >= 0).map(n -> n).sink("out", new NoSink<>());
    chain = chainOf(mapped);
    Pipeline windowed = Pipeline.named("windowed");
    numbers(windowed)
        .keyBy(n -> n, TypeSerializers.of(Long.class))
        .window(Windows.tumbling(Duration.ofMillis(WINDOW_MILLIS)))
        .aggregate("count", Aggregates.counting(), (key, of, count) -> count)
        .sink("out", new NoSink<>());
    window = chainOf(windowed);
    Pipeline timed = Pipeline.named("timed");
    numbers(timed)
        .keyBy(n -> n, TypeSerializers.of(Long.class))
        .process("timers", new OneTimer())
        .sink("out", new NoSink<>());
    timers = chainOf(timed);
    Pipeline summed = Pipeline.named("summed");
    numbers(summed)
        .keyBy(n -> n, TypeSerializers.of(Long.class))
        .process("sums", new OneSum())
        .sink("out", new NoSink<>());
    sums = chainOf(summed);
  }

  private static DataStream<Long> numbers(Pipeline pipeline) {
    return pipeline.source("in", new NoSource());
  }

  /** What reads the source, as one task. */
  private static Output<Object> chainOf(Pipeline pipeline) throws Exception {
    HeapOperators operators = new HeapOperators();
    OperatorChain chain =
        OperatorChain.build(
            pipeline.graph().stages().get(1),
            pipeline.graph(),
            stage -> true,
            operators,
            Clock.system());
    operators.restoreNothing();
    return chain.heads().get(0);
  }

  private Long record() {
    next = next + 1 == KEYS ? 0 : next + 1;
    return records[next];
  }

  /** Map, filter, map, sink. */
  @Benchmark
  public void threeOperators() {
    chain.collect(record(), 0);
  }

  /** A keyed value read and set; the sum itself is a new object. */
  @Benchmark
  public void keyedValue() {
    sums.collect(record(), 0);
  }

  /** A count in a window; a watermark for every 1024 records closes the one before. */
  @Benchmark
  public void windowUpdate() {
    window.collect(record(), time);
    if (next == 0) {
      time += WINDOW_MILLIS;
      window.watermark(time - 1);
    }
  }

  /** A timer set and, with a watermark for every 1024 records, fired. */
  @Benchmark
  public void timer() {
    timers.collect(record(), time);
    if (next == 0) {
      time += OneTimer.DELAY_MILLIS;
      timers.watermark(time);
    }
  }
}
