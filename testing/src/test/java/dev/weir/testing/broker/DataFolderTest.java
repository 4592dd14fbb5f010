package dev.weir.testing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final long NOBODY = Integer.MAX_VALUE;

  @TempDir Path parent;

  @Test
  void shouldRemoveItselfWithAllItHolds() throws IOException {
    DataFolder folder = DataFolder.create();
    Path file = folder.resolve("data/topic-0/log");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "records");

    folder.close();

    assertThat(folder.resolve(".")).doesNotExist();
  }

  @Test
  void shouldRemoveOldFoldersOfDeadProcessesOnly() throws IOException {
    Path orphan = folder("weir-broker-data-" + NOBODY + "-1");
    Path ours = folder("weir-broker-data-" + ProcessHandle.current().pid() + "-1");
    Path foreign = folder("somebody-else-" + NOBODY + "-1");

    DataFolder.removeOrphans(parent, Instant.EPOCH);
    assertThat(orphan).exists();
    DataFolder.removeOrphans(parent, Instant.MAX);

    assertThat(orphan).doesNotExist();
    assertThat(ours).exists();
    assertThat(foreign).exists();
  }

  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    return Files.writeString(folder.resolve("file"), "content").getParent();
  }
}
