package dev.weir.testing.proof.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.proof.QuietRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation finds each planted mistake; the table says how soon. Takes a quarter of an hour
 * and much memory, so it runs on request: {@code -Dplanted=true -Dtest=PlantedBugsSimulation
 * -Dtest.jvm=-Xmx3g}; one alone with {@code -Dbug=} and a part of its name.
 */
@EnabledIfSystemProperty(named = "planted", matches = "true")
class PlantedBugsSimulation {
  private static final long SEEDS = 2_000;
  private static final Map<String, String> TABLE = new TreeMap<>();

  @TempDir private Path folder;

  static Stream<PlantedBug> bugs() throws IOException {
    String one = System.getProperty("bug", "");
    return PlantedBugs.all().stream().filter(bug -> bug.name().contains(one));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  @SuppressWarnings("unchecked") // It is one.
  void shouldFind(PlantedBug bug) throws Exception {
    MutatedEngine engine = MutatedEngine.with(bug, folder);
    Class<?> hunt = engine.loadClass("dev.weir.testing.proof.Hunt");
    long before = System.nanoTime();

    String found = apply((Function<Long, String>) hunt.getDeclaredConstructor().newInstance());

    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    TABLE.put(bug.name(), String.format("%6d ms  seed %s", millis, found));
    assertThat(found).as("what %d seeds find of '%s'", SEEDS, bug.name()).isNotEmpty();
  }

  private static String apply(Function<Long, String> hunt) {
    try (QuietRuns quiet = new QuietRuns()) {
      return hunt.apply(SEEDS);
    }
  }

  @AfterAll
  static void printTable() {
    TABLE.forEach((name, found) -> System.out.printf("%-70s %s%n", name, found));
  }
}
