package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.Weir;
import dev.weir.connector.DeliveryGuarantee;
import dev.weir.connector.Sink;
import dev.weir.connector.SinkContext;
import dev.weir.connector.SinkWriter;
import dev.weir.error.RestoreException;
import dev.weir.function.KeyedProcessFunction;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import dev.weir.job.RestartStrategy;
import dev.weir.job.StateBackend;
import dev.weir.job.stored.Damage;
import dev.weir.job.stored.Standing;
import dev.weir.job.stored.StateRow;
import dev.weir.job.stored.StoredCheckpoint;
import dev.weir.job.stored.StoredFile;
import dev.weir.job.stored.StoredStage;
import dev.weir.pipeline.Pipeline;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.StateTtl;
import dev.weir.state.ValueStateDescriptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People look into checkpoints and savepoints, without the classes of the pipeline. */
@Timeout(60)
class InspectionTest {
  private static final long RECORDS = 3_000;

  @TempDir Path folder;

  record Page(String path) {}

  record Total(int count, String last) {}

  /** Counts in two kinds of state, of which one expires. */
  static final class Count implements KeyedProcessFunction<Page, Long, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Total> TOTAL =
        ValueStateDescriptor.of("total", Total.class);
    private static final MapStateDescriptor<String, Long> PARITY =
        MapStateDescriptor.of("parity", String.class, Long.class)
            .withTtl(StateTtl.onReadAndWrite(Duration.ofDays(1)));

    @Override
    public List<StateDescriptor<?>> states() {
      return List.of(TOTAL, PARITY);
    }

    @Override
    public void process(Long number, Context<Page, String> context) {
      Total total = context.state(TOTAL).getOr(new Total(0, ""));
      context.state(TOTAL).set(new Total(total.count() + 1, "n" + number));
      String parity = number % 2 == 0 ? "even" : "odd";
      context.state(PARITY).put(parity, context.state(PARITY).getOr(parity, 0L) + 1);
    }
  }

  /** Without a ledger of its own, so that it lies beside the checkpoints. */
  static final class Nowhere implements Sink<String> {
    @Override
    public DeliveryGuarantee guarantee() {
      return DeliveryGuarantee.NONE;
    }

    @Override
    public SinkWriter<String> createWriter(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void write(String value, long timestamp) {}

        @Override
        public CompletionStage<Void> prepare(long checkpointId) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
      };
    }
  }

  @ParameterizedTest
  @CsvSource({"HEAP,1", "ROCKSDB,3"})
  void shouldShowEveryRowByTheSchemasThatAreWritten(StateBackend backend, int parallelism)
      throws Exception {
    run(backend, parallelism);

    List<StateRow> rows = new ArrayList<>();
    Weir.readState(storage(), rows::add);

    assertThat(of(rows, "count", "value.total"))
        .extracting(StateRow::key, StateRow::value)
        .containsExactlyInAnyOrder(
            row("/0", "n2995"),
            row("/1", "n2996"),
            row("/2", "n2997"),
            row("/3", "n2998"),
            row("/4", "n2999"));
    assertThat(of(rows, "count", "map.parity")).hasSize(10);
    assertThat(of(rows, "count", "watermark")).hasSize(parallelism);
    assertThat(of(rows, "numbers", "splits")).extracting(StateRow::key).containsExactly("list-0");
  }

  private static Tuple row(String page, String last) {
    return Tuple.tuple(Map.of("path", page), Map.of("count", (int) RECORDS / 5, "last", last));
  }

  private static List<StateRow> of(List<StateRow> rows, String stage, String table) {
    return rows.stream()
        .filter(row -> row.stage().equals(stage) && row.table().equals(table))
        .toList();
  }

  @Test
  void shouldTellWhichCheckpointTheLedgerNames() throws Exception {
    URI savepoint = run(StateBackend.HEAP, 2);

    List<StoredCheckpoint> all = Weir.checkpoints(storage());
    StoredCheckpoint newest = all.get(all.size() - 1);

    assertThat(newest.standing()).isEqualTo(Standing.NEWEST);
    assertThat(newest.job()).isEqualTo("pages");
    assertThat(newest.stages()).extracting(StoredStage::name).containsExactly("count", "numbers");
    assertThat(newest.bytes()).isPositive();
    assertThat(all.subList(0, all.size() - 1))
        .allSatisfy(each -> assertThat(each.standing()).isEqualTo(Standing.EARLIER));
    assertThat(Weir.checkpoints(savepoint))
        .singleElement()
        .satisfies(each -> assertThat(each.standing()).isEqualTo(Standing.SAVEPOINT))
        .satisfies(each -> assertThat(each.checkpointId()).isLessThan(newest.checkpointId()));
  }

  @Test
  void shouldReadOneStageOfTheCheckpointThatIsNamed() throws Exception {
    URI savepoint = run(StateBackend.HEAP, 1);
    String manifest = Weir.checkpoints(savepoint).get(0).manifest();
    List<StateRow> rows = new ArrayList<>();

    Weir.readState(savepoint, manifest, "numbers"::equals, rows::add);

    assertThat(rows).extracting(StateRow::table).containsExactly("splits");
    assertThatThrownBy(
            () -> Weir.readState(savepoint, "checkpoints/77-1/manifest.weir", x -> true, rows::add))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("checkpoints/77-1/manifest.weir", "missing");
    assertThatThrownBy(() -> Weir.readState(savepoint, "../secret", x -> true, rows::add))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("not how a manifest is called");
  }

  @Tag("S40")
  @Test
  void shouldNameEveryFileThatIsDamagedOrMissing() throws Exception {
    URI savepoint = run(StateBackend.HEAP, 2);
    StoredCheckpoint checkpoint = Weir.checkpoints(savepoint).get(0);
    StoredFile file = checkpoint.stages().get(0).files().get(0);
    Path place = folder.resolve("savepoint").resolve(file.object());
    byte[] good = Files.readAllBytes(place);

    assertThat(Weir.verify(savepoint)).as("all is whole").isEmpty();
    assertThat(Weir.verify(storage())).as("all is whole").isEmpty();

    byte[] bad = good.clone();
    bad[(int) (file.offset() + file.bytes() / 2)] ^= 8;
    Files.write(place, bad);
    assertThat(Weir.verify(savepoint))
        .singleElement()
        .satisfies(damage -> assertThat(damage.object()).isEqualTo(file.object()))
        .satisfies(damage -> assertThat(damage.offset()).isEqualTo(file.offset()))
        .satisfies(damage -> assertThat(damage.what()).contains("expected CRC-32C"));

    Files.delete(place);
    assertThat(Weir.verify(savepoint))
        .isNotEmpty()
        .allSatisfy(damage -> assertThat(damage.what()).contains("missing"));
  }

  @Test
  void shouldListADamagedManifestAndSayWhy() throws Exception {
    URI savepoint = run(StateBackend.HEAP, 1);
    String name = Weir.checkpoints(savepoint).get(0).manifest();
    truncate(folder.resolve("savepoint").resolve(name));

    assertThat(Weir.checkpoints(savepoint))
        .singleElement()
        .satisfies(each -> assertThat(each.standing()).isEqualTo(Standing.DAMAGED));
    assertThat(Weir.verify(savepoint)).extracting(Damage::object).contains(name);
    assertThatThrownBy(() -> Weir.readState(savepoint, row -> {}))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining(name);
  }

  @Test
  void shouldCompareAPipelineWithTheNewestCheckpointOfAJob() throws Exception {
    run(StateBackend.HEAP, 1);

    assertThat(Weir.diff(pipeline(true), config(StateBackend.HEAP, 1), storage()).kept())
        .containsExactly("count", "numbers");
    assertThatThrownBy(
            () ->
                Weir.diff(
                    pipeline(true),
                    config(StateBackend.HEAP, 1),
                    folder.resolve("nothing").toUri()))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("neither a marker weir-savepoint nor a manifest");
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
  }

  private URI storage() {
    return folder.resolve("checkpoints").toUri();
  }

  /** Reads all records, then stops with a savepoint. */
  private URI run(StateBackend backend, int parallelism) throws Exception {
    URI savepoint = folder.resolve("savepoint").toUri();
    try (Job job = Weir.start(pipeline(false), config(backend, parallelism))) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (job.status().lastCheckpointId().orElse(0) < 1 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      job.stopWithSavepoint(savepoint).toCompletableFuture().get(30, TimeUnit.SECONDS);
      job.await();
    }
    try (Job job = Weir.start(pipeline(true), config(backend, parallelism))) {
      job.await();
    }
    return savepoint;
  }

  private static Pipeline pipeline(boolean isBounded) {
    Pipeline pipeline = Pipeline.named("pages");
    pipeline
        .source("numbers", new ListSource<Long>(1, RECORDS, isBounded, (split, n) -> n))
        .keyBy(n -> new Page("/" + n % 5))
        .process("count", new Count())
        .sink("nowhere", new Nowhere());
    return pipeline;
  }

  private JobConfig config(StateBackend backend, int parallelism) {
    return JobConfig.builder()
        .parallelism(parallelism)
        .stateBackend(backend)
        .checkpointInterval(Duration.ofMillis(5))
        .checkpointStorage(folder.resolve("checkpoints"))
        .restartStrategy(RestartStrategy.none())
        .build();
  }
}
