package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.error.RestoreException;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import dev.weir.schema.DefaultValue;
import dev.weir.schema.RenamedFrom;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job goes on in the next version of its pipeline, whose types have changed. */
@Timeout(60)
class JobEvolutionTest {
  private static final long RECORDS = 3_000;

  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  /** As first deployed. */
  static final class V1 {
    record Page(String path) {}

    record Total(int count, String last) {}
  }

  /** The next: a key's field renamed; a field widened, one removed, one added. */
  static final class V2 {
    record Page(@RenamedFrom("path") String url) {}

    record Total(long count, @DefaultValue("none") String greeting) {}
  }

  /** What cannot be read. */
  static final class Wrong {
    record Total(short count) {}
  }

  static final class CountV1 implements KeyedProcessFunction<V1.Page, Long, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<V1.Total> TOTAL =
        ValueStateDescriptor.of("total", V1.Total.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(TOTAL);
    }

    @Override
    public void process(Long number, Context<V1.Page, String> context) {
      V1.Total total = context.state(TOTAL).getOr(new V1.Total(0, ""));
      context.state(TOTAL).set(new V1.Total(total.count() + 1, "" + number));
      context.collect(context.key().path() + " " + (total.count() + 1));
    }
  }

  static final class CountV2 implements KeyedProcessFunction<V2.Page, Long, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<V2.Total> TOTAL =
        ValueStateDescriptor.of("total", V2.Total.class);

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(TOTAL);
    }

    @Override
    public void process(Long number, Context<V2.Page, String> context) {
      V2.Total total = context.state(TOTAL).get().orElseThrow();
      assertThat(total.greeting()).isEqualTo("none");
      context.state(TOTAL).set(new V2.Total(total.count() + 1, total.greeting()));
      context.collect(context.key().url() + " " + (total.count() + 1));
    }
  }

  static final class CountWrong implements KeyedProcessFunction<V1.Page, Long, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(ValueStateDescriptor.of("total", Wrong.Total.class));
    }

    @Override
    public void process(Long number, Context<V1.Page, String> context) {}
  }

  @ParameterizedTest
  @CsvSource({"HEAP,HEAP,1", "ROCKSDB,ROCKSDB,3", "HEAP,ROCKSDB,2"})
  void shouldCountOnInTheNextVersion(StateBackend before, StateBackend after, int parallelism)
      throws Exception {
    runUntilStopped(before);

    try (Job job = Weir.start(second(), config(parallelism).stateBackend(after).build())) {
      job.await();
    }

    assertThat(output.visible())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, RECORDS / 5)
                .boxed()
                .flatMap(n -> LongStream.range(0, 5).mapToObj(page -> "/" + page + " " + n))
                .toList());
  }

  @Tag("S47")
  @Tag("N29")
  @Test
  void shouldRefuseAVersionThatCannotReadTheStateAndStillStartTheOldOne() throws Exception {
    runUntilStopped(StateBackend.HEAP);
    Pipeline wrong = Pipeline.named("pages");
    wrong
        .source("numbers", numbers(true))
        .keyBy(n -> new V1.Page("/" + n % 5))
        .process("count", new CountWrong())
        .sink("counts", output);

    assertThatThrownBy(
            () -> {
              try (Job job = Weir.start(wrong, config(1).build())) {
                job.await();
              }
            })
        .cause()
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(
            "stage 'count'",
            "value.count was written as int and is now short",
            "nothing was touched");

    try (Job job = Weir.start(first(true), config(1).build())) {
      job.await();
    }
    assertThat(output.visible()).hasSize((int) RECORDS);
  }

  private void runUntilStopped(StateBackend backend) throws InterruptedException {
    try (Job job = Weir.start(first(false), config(2).stateBackend(backend).build())) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (output.visible().size() < 500 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      job.stop();
      job.await();
    }
    assertThat(output.visible()).hasSizeGreaterThanOrEqualTo(500);
  }

  private static ListSource<Long> numbers(boolean isBounded) {
    return new ListSource<>(1, RECORDS, isBounded, (split, n) -> n);
  }

  private Pipeline first(boolean isBounded) {
    Pipeline pipeline = Pipeline.named("pages");
    pipeline
        .source("numbers", numbers(isBounded))
        .keyBy(n -> new V1.Page("/" + n % 5))
        .process("count", new CountV1())
        .sink("counts", output);
    return pipeline;
  }

  private Pipeline second() {
    Pipeline pipeline = Pipeline.named("pages");
    pipeline
        .source("numbers", numbers(true))
        .keyBy(n -> new V2.Page("/" + n % 5))
        .process("count", new CountV2())
        .sink("counts", output);
    return pipeline;
  }

  private JobConfig.Builder config(int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"));
  }
}
