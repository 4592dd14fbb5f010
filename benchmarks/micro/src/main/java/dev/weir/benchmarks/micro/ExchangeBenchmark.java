package dev.weir.benchmarks.micro;

import dev.weir.internal.channel.Channel;
import dev.weir.internal.channel.InputGate;
import dev.weir.internal.channel.OutputGate;
import dev.weir.internal.element.Element;
import dev.weir.internal.element.RecordBatch;
import dev.weir.internal.key.KeyGroups;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A record through a keyed exchange: its group, a batch, a channel, out again; on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ExchangeBenchmark {
  private static final int RECORDS = 1024;
  private static final int MAX_PARALLELISM = 128;

  private final Long[] records = new Long[RECORDS];
  private OutputGate<Long> output;
  private InputGate input;

  /** Two channels from one writer. */
  @Setup
  public void wire() {
    for (int i = 0; i < RECORDS; i++) {
      records[i] = (long) i;
    }
    List<Channel> channels =
        List.of(new Channel(() -> {}, () -> {}), new Channel(() -> {}, () -> {}));
    output =
        new OutputGate<>(
            channels,
            record ->
                KeyGroups.subtaskOf(
                    KeyGroups.ofHash(record.hashCode(), MAX_PARALLELISM), MAX_PARALLELISM, 2));
    input = new InputGate(channels);
  }

  /** Sends and takes so many records. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void exchange(Blackhole taken) {
    for (Long record : records) {
      output.collect(record, 0);
    }
    output.flush();
    input.adapt(System.nanoTime());
    for (Element element = input.poll(); element != null; element = input.poll()) {
      if (element instanceof RecordBatch batch) {
        take(batch, taken);
      }
    }
  }

  private static void take(RecordBatch batch, Blackhole taken) {
    for (int i = 0; i < batch.size(); i++) {
      taken.consume(batch.value(i));
    }
  }
}
