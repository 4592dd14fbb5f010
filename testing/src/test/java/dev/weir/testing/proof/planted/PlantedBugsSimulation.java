package dev.weir.testing.proof.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.fault.Await;
import dev.weir.testing.proof.QuietRuns;
import dev.weir.testing.proof.ReplayCommand;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation finds each planted mistake, with its ordinary seeds, or with as many in which an
 * old process wakes up beside its successor, or savepoints are taken. One mistake alone is hunted
 * with {@code -Dbug=} and a part of its name; {@code -Ddocs=write} writes the table anew.
 */
class PlantedBugsSimulation {
  private static final long SEEDS = 2_000;
  private static final long CALM_SEEDS = 20;
  private static final String ONE = System.getProperty("bug", "");
  private static final PlantedTable TABLE = new PlantedTable();

  @TempDir private Path folder;

  static Stream<PlantedBug> bugs() throws IOException {
    return PlantedBugs.all().stream().filter(bug -> bug.name().contains(ONE));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void shouldFind(PlantedBug bug) throws Exception {
    MutatedEngine engine = MutatedEngine.with(bug, folder);

    String found = "";
    for (String how : bug.hunts()) {
      found = found.isEmpty() ? hunt(how, engine, SEEDS) : found;
    }

    assertThat(found)
        .as(
            "what %d seeds find of '%s'; again with: %s",
            SEEDS,
            bug.name(),
            ReplayCommand.of(PlantedBugsSimulation.class, "shouldFind", "bug=" + bug.name()))
        .isNotEmpty();
    TABLE.add(bug, found);
  }

  /** Where nothing goes wrong the output is whole in the end: only its transactions tell. */
  @Test
  void shouldFindATornTransactionThoughNothingGoesWrong() throws Exception {
    PlantedBug torn =
        PlantedBugs.all().stream()
            .filter(bug -> bug.name().startsWith("the last result waits for the next one"))
            .findFirst()
            .orElseThrow();

    String found = hunt("CalmHunt", MutatedEngine.with(torn, folder), CALM_SEEDS);

    assertThat(found).contains("has committed the results of");
  }

  @Test
  @DisabledIfSystemProperty(named = "docs", matches = "write")
  void shouldShowEachMistakeInTheDocs() throws IOException {
    List<String> onPage = PlantedTable.namesOnPage();

    assertThat(onPage)
        .as("docs/planted-bugs.md; -Ddocs=write writes it anew")
        .isEqualTo(PlantedBugs.all().stream().map(PlantedBug::name).toList());
  }

  /**
   * The Java runtime itself may keep the newest record classes, so there is another engine behind.
   */
  @Test
  void shouldLetGoOfAnEngineWhenAnotherOneHasRun() throws Exception {
    WeakReference<MutatedEngine> engine = new WeakReference<>(huntedOnce());

    MutatedEngine newer = huntedOnce();

    Await.until(
        "the release of an engine's classes",
        Duration.ofSeconds(60),
        () -> {
          System.gc();
          return engine.refersTo(null);
        });
    assertThat(newer).isNotNull();
  }

  private MutatedEngine huntedOnce() throws Exception {
    MutatedEngine engine = MutatedEngine.with(PlantedBugs.all().get(0), folder);
    String unused = hunt("Hunt", engine, 50);
    return engine;
  }

  @SuppressWarnings("unchecked") // It is one.
  private static String hunt(String how, MutatedEngine engine, long seeds) throws Exception {
    Class<?> hunt = engine.loadClass("dev.weir.testing.proof." + how);
    Function<Long, String> hunter =
        (Function<Long, String>) hunt.getDeclaredConstructor().newInstance();
    try (QuietRuns quiet = new QuietRuns()) {
      return hunter.apply(seeds);
    }
  }

  @AfterAll
  static void tellTable() throws IOException {
    System.out.print(TABLE);
    if (ONE.isEmpty() && System.getProperty("docs", "").equals("write")) {
      TABLE.write();
    }
  }
}
