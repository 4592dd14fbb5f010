package dev.weir.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksummedLinesTest {
  private static final String TEXT = ChecksummedLines.format("facts 1", List.of("a b", "c"));

  @Test
  void shouldGiveBackWhatItHasWritten() {
    assertThat(TEXT).startsWith("facts 1\na b\nc\ncrc32c ");
    assertThat(ChecksummedLines.parse("facts 1", TEXT)).contains(List.of("a b", "c"));
    assertThat(ChecksummedLines.parse("facts 1", ChecksummedLines.format("facts 1", List.of())))
        .contains(List.of());
  }

  @Test
  void shouldGiveNothingOfATextThatIsNotWhole() {
    for (int length = 0; length < TEXT.length(); length++) {
      assertThat(ChecksummedLines.parse("facts 1", TEXT.substring(0, length))).isEmpty();
    }
    for (int i = 0; i < TEXT.length(); i++) {
      String changed = TEXT.substring(0, i) + "#" + TEXT.substring(i + 1);
      assertThat(ChecksummedLines.parse("facts 1", changed)).as(changed).isEmpty();
    }
    assertThat(ChecksummedLines.parse("facts 1", TEXT + "more\n")).isEmpty();
    assertThat(ChecksummedLines.parse("facts 2", TEXT)).as("another version").isEmpty();
  }
}
