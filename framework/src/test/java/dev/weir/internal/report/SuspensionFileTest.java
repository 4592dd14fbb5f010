package dev.weir.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.error.FailureKind;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.job.ConfigKey;
import dev.weir.job.JobConfig;
import dev.weir.job.Suspension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspensionFileTest {
  private static final Suspension WHY =
      new Suspension(FailureKind.SETUP, "reason", "diagnostics\n", Optional.empty());

  @TempDir Path folder;

  @Test
  void shouldWriteTheNewestSuspensionInPlaceOfTheOneBefore() throws IOException {
    write(folder, "stack one\n");

    Suspension written = write(folder, "stack two\n");

    assertThat(written.summary()).isEqualTo("reason Diagnostics: " + written.file().orElseThrow());
    assertThat(Files.readString(written.file().orElseThrow()))
        .startsWith("diagnostics")
        .contains("parallelism = 3", "stack two")
        .doesNotContain("stack one");
  }

  /** The numbers of a restart strategy are in its text. */
  @Test
  void shouldWriteEverySetting() throws IOException {
    String text = Files.readString(write(folder, "").file().orElseThrow());

    for (ConfigKey key : ConfigKey.values()) {
      boolean isNumber = key.key().startsWith("restart.") && key != ConfigKey.RESTART_STRATEGY;
      assertThat(text.contains("  " + key.key() + " = ")).as(key.key()).isNotEqualTo(isNumber);
    }
  }

  @Test
  void shouldWriteNoSecret() throws IOException {
    Suspension written = write(folder, "");

    assertThat(Files.readString(written.file().orElseThrow()))
        .contains("checkpoint.storage = store://host/bucket\n", "restore.from = store://host/old\n")
        .doesNotContain("k3y", "s3cret", "t0ken");
    assertThat(ConfigText.place(Optional.of(URI.create("file:/a/b")))).isEqualTo("file:/a/b");
    assertThat(ConfigText.place(Optional.of(URI.create("memory:a-secret"))))
        .isEqualTo("memory:...");
  }

  @Test
  void shouldGoWithoutAFileThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("no folder"));

    assertThat(write(file, "").file()).isEmpty();
  }

  private Suspension write(Path local, String stacks) {
    JobConfig config =
        JobConfig.builder()
            .parallelism(3)
            .localDirectory(local)
            .checkpointStorage(URI.create("store://k3y:s3cret@host/bucket?t0ken=1"))
            .restoreFrom(URI.create("store://k3y@host/old#s3cret"))
            .build();
    return new SuspensionFile(new FileDisk(), "clicks", config).write(WHY, stacks);
  }
}
