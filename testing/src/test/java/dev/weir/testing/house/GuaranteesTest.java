package dev.weir.testing.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests that exist. */
class GuaranteesTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(should\\w+)`");
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    Map<String, String> tests = testSources();

    Stream<MatchResult> named =
        NAMED.matcher(Files.readString(ROOT.resolve("docs/guarantees.md"))).results();

    assertThat(named.filter(test -> !exists(test, tests)).map(MatchResult::group))
        .as("names in docs/guarantees.md that are no test")
        .isEmpty();
  }

  @Test
  void shouldNoticeANameThatIsNoTest() {
    MatchResult planted =
        NAMED.matcher("`Gone.shouldBeMissed`").results().findFirst().orElseThrow();

    assertThat(exists(planted, Map.of("Gone", "class Gone {}"))).isFalse();
  }

  private static boolean exists(MatchResult test, Map<String, String> sources) {
    return sources.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "(");
  }

  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains("src/test/java"))
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  GuaranteesTest::text,
                  (one, other) -> one + other));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
