package dev.weir.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The protocol holds in every reachable state of a small world, and each planted mistake is found.
 * A larger world, for hours: {@code -Dmodel.records=3 -Dmodel.starts=3 -Dmodel.timeouts=1}.
 */
@Timeout(86_400)
class LedgerModelTest {
  @TempDir Path folder;

  @Tag("S17")
  @Tag("S38")
  @Test
  void shouldHoldInEveryReachableState() throws Exception {
    ModelCheck check =
        new ModelCheck(folder)
            .with("Records", System.getProperty("model.records", "2"))
            .with("MaxStarts", System.getProperty("model.starts", "2"))
            .with("MaxTimeouts", System.getProperty("model.timeouts", "1"));

    ModelCheck.Result result = check.run();

    assertThat(result.violated()).as(result.text()).isEmpty();
    assertThat(result.states()).as(result.text()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "claim, read-first, 2, ExactlyOnce",
    "claim, early-entry, 2, NamedFilesAreDurable",
    "claim, tv1, 3, ExactlyOnce",
    "claim, ignore-failure, 2, ExactlyOnce",
    "claim, overtake, 2, ExactlyOnce",
    "claim, delete-early, 2, NamedFilesAreDurable",
    "claim, sweep-later-attempts, 2, NamedFilesAreDurable",
    "claim, sweep-under-way, 2, NamedFilesAreDurable",
    "claim, one-acknowledged, 2, NamedFilesAreDurable",
    "any, fence-one, 2, NamedFilesAreDurable",
  })
  void shouldFindThePlantedMistake(String takeOver, String mutant, int records, String violated)
      throws Exception {
    ModelCheck check =
        new ModelCheck(folder)
            .with("TakeOver", "\"" + takeOver + "\"")
            .with("Mutant", "\"" + mutant + "\"")
            .with("Records", Integer.toString(records));

    ModelCheck.Result result = check.run();

    assertThat(result.violated()).as(result.text()).contains(violated);
  }

  @ParameterizedTest
  @CsvSource({"any", "ordered"})
  void shouldShowThatFencingAloneIsNotEnough(String takeOver) throws Exception {
    ModelCheck check = new ModelCheck(folder).with("TakeOver", "\"" + takeOver + "\"");

    ModelCheck.Result result = check.run();

    assertThat(result.violated()).as(result.text()).isPresent();
  }
}
