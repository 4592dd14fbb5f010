package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.SavepointDiff;
import dev.weir.job.StateBackend;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.StateDescriptor;
import dev.weir.state.ValueStateDescriptor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of each state is known before a deployment, by the rules of a restore. */
@Timeout(60)
class UpgradeDiffTest {
  @TempDir Path folder;
  private final MemoryTopic<String> output = new MemoryTopic<>();

  /** Declares other states than before. */
  static final class Other implements KeyedProcessFunction<JobEvolutionTest.V1.Page, Long, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(ValueStateDescriptor.of("greatest", Long.class));
    }

    @Override
    public void process(Long number, Context<JobEvolutionTest.V1.Page, String> context) {}
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldTellWhichTypesGoOnOtherwise(StateBackend backend) throws Exception {
    URI savepoint = savepoint(backend);
    Pipeline next = Pipeline.named("pages");
    next.source("numbers", numbers())
        .keyBy(n -> new JobEvolutionTest.V2.Page("/" + n % 5))
        .process("count", new JobEvolutionTest.CountV2())
        .sink("counts", output);

    SavepointDiff diff = Weir.diff(next, config(backend), savepoint).requireCompatible();

    assertThat(diff.kept()).containsExactly("count", "numbers");
    assertThat(diff.changed())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("stage 'count'", "'value.total'", "count:long", "count:int");
  }

  @ParameterizedTest
  @EnumSource(StateBackend.class)
  void shouldNameTheFieldThatCannotBeRead(StateBackend backend) throws Exception {
    URI savepoint = savepoint(backend);
    Pipeline wrong = Pipeline.named("pages");
    wrong
        .source("numbers", numbers())
        .keyBy(n -> new JobEvolutionTest.V1.Page("/" + n % 5))
        .process("count", new JobEvolutionTest.CountWrong())
        .sink("counts", output);

    SavepointDiff diff = Weir.diff(wrong, config(backend), savepoint);

    assertThat(diff.incompatible())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("stage 'count'", "value.count was written as int and is now short");
  }

  @Test
  void shouldNameStateThatIsNoLongerDeclaredAndStateThatIsNew() throws Exception {
    URI savepoint = savepoint(StateBackend.HEAP);
    Pipeline other = Pipeline.named("pages");
    other
        .source("numbers", numbers())
        .keyBy(n -> new JobEvolutionTest.V1.Page("/" + n % 5))
        .process("count", new Other())
        .sink("counts", output);

    SavepointDiff diff = Weir.diff(other, config(StateBackend.HEAP), savepoint);

    assertThat(diff.incompatible())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("table 'value.total'", "no longer declares");
    assertThat(diff.changed())
        .containsExactly("stage 'count': table 'value.greatest' is new and begins empty.");
  }

  @Test
  void shouldNameAStageThatHasBecomeOfAnotherKind() throws Exception {
    URI savepoint = savepoint(StateBackend.HEAP);
    Pipeline swapped = Pipeline.named("pages");
    swapped
        .source("count", numbers())
        .keyBy(n -> new JobEvolutionTest.V1.Page("/" + n % 5))
        .process("numbers", new JobEvolutionTest.CountV1())
        .sink("counts", output);

    SavepointDiff diff = Weir.diff(swapped, config(StateBackend.HEAP), savepoint);

    assertThat(diff.incompatible())
        .hasSize(2)
        .anySatisfy(why -> assertThat(why).startsWith("stage 'count': Source 'count'"))
        .anySatisfy(why -> assertThat(why).startsWith("stage 'numbers': Stage 'numbers'"));
  }

  private URI savepoint(StateBackend backend) throws Exception {
    Pipeline first = Pipeline.named("pages");
    first
        .source("numbers", numbers())
        .keyBy(n -> new JobEvolutionTest.V1.Page("/" + n % 5))
        .process("count", new JobEvolutionTest.CountV1())
        .sink("counts", output);
    URI savepoint = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(first, config(backend))) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (output.visible().size() < 500 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      job.stopWithSavepoint(savepoint).toCompletableFuture().get(30, TimeUnit.SECONDS);
      job.await();
    }
    return savepoint;
  }

  private static ListSource<Long> numbers() {
    return new ListSource<>(1, 3_000, false, (split, n) -> n);
  }

  private JobConfig config(StateBackend backend) {
    return JobConfig.builder()
        .stateBackend(backend)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .build();
  }
}
