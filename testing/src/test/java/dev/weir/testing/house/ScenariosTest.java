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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages of scenarios and of nemeses name the tests that carry their numbers; {@code
 * -Ddocs=write} does it.
 */
class ScenariosTest {
  /** A page, the letter of its numbers, and how many there are. */
  enum Page {
    SCENARIOS("scenarios.md", "S", 52),
    NEMESES("nemeses.md", "N", 38);

    private final Path file;
    private final String letter;
    private final int count;

    Page(String file, String letter, int count) {
      this.file = Path.of("..", "docs", file);
      this.letter = letter;
      this.count = count;
    }

    private List<String> numbers() {
      return IntStream.rangeClosed(1, count).mapToObj(i -> letter + "%02d".formatted(i)).toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameTheTestsOfEach(Page which) throws IOException {
    String page = Files.readString(which.file);

    String right = ScenarioPage.withTests(page, ScenarioPage.tagged(tests()));

    if (System.getProperty("docs", "").equals("write")) {
      Files.writeString(which.file, right);
    } else {
      assertThat(page).as("%s; -Ddocs=write writes it anew", which.file).isEqualTo(right);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveATestOrAReasonForEach(Page which) throws IOException {
    Map<String, SortedSet<String>> tagged = ScenarioPage.tagged(tests());

    List<ScenarioPage.Scenario> scenarios =
        ScenarioPage.scenarios(ScenarioPage.withTests(Files.readString(which.file), tagged));

    assertThat(scenarios.stream().map(ScenarioPage.Scenario::id)).isEqualTo(which.numbers());
    assertThat(scenarios).allMatch(ScenarioPage.Scenario::isShownOrOpen);
    assertThat(tagged.keySet().stream().filter(id -> id.startsWith(which.letter)))
        .as("numbers that tests name and the page does not")
        .isSubsetOf(which.numbers());
  }

  @Test
  void shouldNoticeATestThatIsNotOnThePage() {
    String page = "| S01 | All is well. | `Gone.shouldBeMissed` |  |";

    String right = ScenarioPage.withTests(page, Map.of("S01", new TreeSet<>(List.of("A.should"))));

    assertThat(right).isEqualTo("| S01 | All is well. | `A.should` |  |");
  }

  private static Stream<SourceFile> tests() {
    return Project.load().sources().stream().filter(file -> !file.isMain());
  }
}
