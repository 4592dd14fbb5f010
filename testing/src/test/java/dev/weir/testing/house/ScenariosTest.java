package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of scenarios names the tests that carry their numbers; {@code -Ddocs=write} does it. */
class ScenariosTest {
  private static final Path PAGE = Path.of("..", "docs", "scenarios.md");
  private static final int SCENARIOS = 52;

  @Test
  void shouldNameTheTestsOfEachScenario() throws IOException {
    String page = Files.readString(PAGE);

    String right = ScenarioPage.withTests(page, ScenarioPage.tagged(tests()));

    if (System.getProperty("docs", "").equals("write")) {
      Files.writeString(PAGE, right);
    } else {
      assertThat(page).as("docs/scenarios.md; -Ddocs=write writes it anew").isEqualTo(right);
    }
  }

  @Test
  void shouldHaveATestOrAReasonForEachScenario() throws IOException {
    Map<String, SortedSet<String>> tagged = ScenarioPage.tagged(tests());

    List<ScenarioPage.Scenario> scenarios =
        ScenarioPage.scenarios(ScenarioPage.withTests(Files.readString(PAGE), tagged));

    assertThat(scenarios.stream().map(ScenarioPage.Scenario::id)).isEqualTo(numbers());
    assertThat(scenarios).allMatch(ScenarioPage.Scenario::isShownOrOpen);
    assertThat(tagged.keySet())
        .as("scenarios that tests name and the page does not")
        .isSubsetOf(numbers());
  }

  @Test
  void shouldNoticeATestThatIsNotOnThePage() {
    String page = "| S01 | All is well. | `Gone.shouldBeMissed` |  |";

    String right = ScenarioPage.withTests(page, Map.of("S01", new TreeSet<>(List.of("A.should"))));

    assertThat(right).isEqualTo("| S01 | All is well. | `A.should` |  |");
  }

  private static List<String> numbers() {
    return IntStream.rangeClosed(1, SCENARIOS).mapToObj("S%02d"::formatted).toList();
  }

  private static Stream<SourceFile> tests() {
    return Project.load().sources().stream().filter(file -> !file.isMain());
  }
}
