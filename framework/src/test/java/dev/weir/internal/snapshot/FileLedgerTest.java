package dev.weir.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.LedgerEntry;
import dev.weir.error.FencedException;
import dev.weir.error.RestoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
  private static final LedgerEntry ENTRY =
      new LedgerEntry(3, 1, "checkpoints/3-1/manifest.weir", 412, -17, 1_795_262_400_000L);

  @TempDir private Path folder;

  @Test
  void shouldGiveTheNextAttemptWhatTheLastOneCompleted() {
    try (FileLedger first = ledger()) {
      assertThat(first.takeOver().lastCompleted()).isEmpty();
      first.complete(ENTRY);
    }

    try (FileLedger second = ledger()) {
      var found = second.takeOver();

      assertThat(found.attempt()).isEqualTo(2);
      assertThat(found.lastCompleted()).contains(ENTRY);
    }
  }

  @Tag("S51")
  @Test
  void shouldRefuseASecondInstanceWhileTheFirstLives() {
    try (FileLedger first = ledger();
        FileLedger second = ledger()) {
      first.takeOver();

      assertThatThrownBy(second::takeOver)
          .isInstanceOf(FencedException.class)
          .hasMessageContaining("another instance");
    }
  }

  @Test
  void shouldCompleteNothingAfterItIsClosed() {
    FileLedger ledger = ledger();
    ledger.takeOver();
    ledger.close();

    assertThatThrownBy(() -> ledger.complete(ENTRY)).isInstanceOf(FencedException.class);
  }

  @Test
  void shouldRefuseADamagedFile() throws IOException {
    try (FileLedger first = ledger()) {
      first.takeOver();
      first.complete(ENTRY);
    }
    Path file = folder.resolve("weir-ledger");
    Files.writeString(file, Files.readString(file).replace("completed 3", "completed 4"));

    try (FileLedger second = ledger()) {
      assertThatThrownBy(second::takeOver)
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("weir-ledger")
          .hasMessageContaining("damaged");
    }
  }

  private FileLedger ledger() {
    return new FileLedger(folder, "clicks", new FileDisk());
  }
}
