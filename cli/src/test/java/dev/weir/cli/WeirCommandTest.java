package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.Weir;
import dev.weir.error.WeirException;
import dev.weir.job.Job;
import dev.weir.job.JobConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands as a user types them, on a savepoint of a job. */
@Timeout(60)
class WeirCommandTest {
  private static final String PIPELINES = Pipelines.class.getName();

  @TempDir static Path folder;

  private static Path savepoint;
  private static Path storage;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void takeSavepoint() throws Exception {
    savepoint = folder.resolve("savepoint");
    storage = folder.resolve("checkpoints");
    JobConfig config =
        JobConfig.builder()
            .checkpointInterval(Duration.ofMillis(10))
            .checkpointStorage(storage)
            .build();
    try (Job job = Weir.start(new Pipelines().get(), config)) {
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!hasReadAll() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      job.stopWithSavepoint(savepoint.toUri()).toCompletableFuture().get(30, TimeUnit.SECONDS);
      job.await();
    }
  }

  /** The last window is open with half of its records. */
  private static boolean hasReadAll() {
    if (!Files.exists(storage)) {
      return false;
    }
    StringBuilder read = new StringBuilder();
    Weir.checkpoints(storage.toUri()).forEach(each -> read.append(each.standing()));
    return read.toString().contains("NEWEST") && hasLastWindow();
  }

  private static boolean hasLastWindow() {
    boolean[] found = new boolean[1];
    try {
      Weir.readState(
          storage.toUri(),
          row -> found[0] |= row.table().equals("windows") && row.value().equals(2_500L));
    } catch (WeirException removedMeanwhile) {
      return false; // The job goes on, and removes what is old.
    }
    return found[0];
  }

  @Test
  void shouldListCheckpoints() {
    assertThat(run("inspect", "list", savepoint.toString())).isEqualTo(ExitCode.OK);
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("manifest.weir  savepoint  checkpoint", "job 'numbers'");

    assertThat(run("inspect", "list", storage.toUri().toString(), "--json")).isEqualTo(0);
    assertThat(lines()).anySatisfy(line -> assertThat(line).contains("\"standing\":\"NEWEST\""));
  }

  @Test
  void shouldPrintAManifest() {
    assertThat(run("inspect", "manifest", savepoint.toString())).isEqualTo(ExitCode.OK);

    assertThat(out.toString())
        .contains("\"job\" : \"numbers\"", "\"maxParallelism\" : 128", "\"name\" : \"count\"");
  }

  @Test
  void shouldPrintStateWithoutTheClassesOfThePipeline() {
    assertThat(run("inspect", "state", savepoint.toString(), "--table", "windows")).isEqualTo(0);

    assertThat(lines())
        .containsExactlyInAnyOrder(
            "{\"stage\":\"count\",\"table\":\"windows\",\"key\":\"k0\",\"time\":29999,\"value\":2500}",
            "{\"stage\":\"count\",\"table\":\"windows\",\"key\":\"k1\",\"time\":29999,\"value\":2500}");

    assertThat(run("inspect", "state", savepoint.toString(), "--stage", "numbers")).isEqualTo(0);
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("\"table\":\"splits\"", "\"key\":\"all\"", "\"@bytes\":\"AAAAAAAAYag=\"");
  }

  @Test
  void shouldVerifyEveryChecksum() throws Exception {
    assertThat(run("inspect", "verify", savepoint.toString())).isEqualTo(ExitCode.OK);
    assertThat(lines()).singleElement().asString().startsWith("whole: ");

    Path copy = copyOf(savepoint, "damaged");
    Path state = stateOf(copy);
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);

    assertThat(run("inspect", "verify", copy.toString())).isEqualTo(ExitCode.DAMAGED);
    assertThat(out.toString()).startsWith("damaged: ").contains("state.weir", "CRC-32C");
    assertThat(run("inspect", "state", copy.toString())).isEqualTo(ExitCode.DAMAGED);
    assertThat(err.toString()).contains("error: ", "state.weir");
  }

  @ParameterizedTest
  @CsvSource({
    "'',0,kept: count",
    "::renamed,1,renamed: count -> counts",
    "::otherWindows,2,'window was tumbling 10s, is tumbling 20s'",
    "::otherName,2,.renamedFrom(\"count\")"
  })
  void shouldTellByTheExitCodeWhetherAJobWouldBegin(String method, int code, String text) {
    assertThat(run("diff", PIPELINES + method, savepoint.toString())).isEqualTo(code);
    assertThat(out.toString()).contains(text);

    assertThat(run("diff", PIPELINES + method, storage.toString(), "--json")).isEqualTo(code);
    assertThat(lines()).singleElement().asString().startsWith("{\"location\":\"file:");
  }

  @Test
  void shouldSayWhatIsWrongWithACommandAndWhatWasNotFound() {
    assertThat(run("inspect")).isEqualTo(ExitCode.USAGE);
    assertThat(run("inspect", "list")).isEqualTo(ExitCode.USAGE);
    assertThat(run("inspekt")).isEqualTo(ExitCode.USAGE);
    assertThat(run("inspect", "state", folder.resolve("nothing").toString()))
        .isEqualTo(ExitCode.DAMAGED);
    assertThat(err.toString()).contains("neither a marker weir-savepoint nor a manifest");
    assertThat(run("inspect", "list", "s3://bucket/x")).isEqualTo(ExitCode.FAILED);
    assertThat(run("diff", "no.such.Pipeline", savepoint.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no.such.Pipeline", "--class-path");
    assertThat(run("diff", PIPELINES + "::broken", savepoint.toString()))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("no broker is named");
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commands =
        WeirCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commands.execute(args);
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private static Path copyOf(Path from, String name) throws Exception {
    Path to = folder.resolve(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
    return to;
  }

  private static Path stateOf(Path copy) throws Exception {
    try (Stream<Path> all = Files.walk(copy)) {
      return all.filter(each -> each.endsWith("state.weir")).findFirst().orElseThrow();
    }
  }
}
