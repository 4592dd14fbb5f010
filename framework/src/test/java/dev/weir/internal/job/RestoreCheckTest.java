package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.RestoreException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RestoreCheckTest {
  private static final String FOLDER = "clicks";

  @Test
  void shouldAcceptAFolderThatIsAheadByTheCheckpointUnderWay() {
    assertThatCode(() -> check(Optional.of(entry(7)), OptionalLong.of(8)))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldAcceptAFirstCheckpointThatNeverWasCompleted() {
    assertThatCode(() -> check(Optional.empty(), OptionalLong.of(0))).doesNotThrowAnyException();
  }

  @Tag("S42")
  @Test
  void shouldRefuseWhenTheLedgerIsLost() {
    assertThatThrownBy(() -> check(Optional.empty(), OptionalLong.of(1)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("no checkpoint")
        .hasMessageContaining("holds checkpoint 1")
        .hasMessageContaining("start.fresh=true");
  }

  @Tag("S42")
  @Test
  void shouldRefuseWhenTheLedgerIsCutShort() {
    assertThatThrownBy(() -> check(Optional.of(entry(7)), OptionalLong.of(9)))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("checkpoint 7")
        .hasMessageContaining("holds checkpoint 9");
  }

  private static void check(Optional<LedgerEntry> last, OptionalLong newest) {
    RestoreCheck.checkLedger(last, newest, "clicks", FOLDER);
  }

  private static LedgerEntry entry(long id) {
    return new LedgerEntry(id, 1, "checkpoints/" + id + "-1/manifest.weir", 10, 1, 0);
  }
}
