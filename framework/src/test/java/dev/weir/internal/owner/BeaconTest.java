package dev.weir.internal.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.OwnerBeacon;
import dev.weir.connector.SnapshotStore;
import dev.weir.error.StorageException;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.MemorySnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beacons beside the checkpoints. */
class BeaconTest {
  @TempDir private Path folder;
  private final SnapshotStore objects = MemorySnapshotStore.named(UUID.randomUUID().toString());

  @Test
  void shouldShowTheNewestLineInAFolder() throws IOException {
    shouldShowTheNewestLine(inFolder(), inFolder());

    try (var files = Files.list(folder)) {
      assertThat(files.toList()).as("signs leave no trail").hasSize(1);
    }
  }

  @Test
  void shouldShowTheNewestLineInAStoreWhoseObjectsNeverChange() throws IOException {
    shouldShowTheNewestLine(inStore(), inStore());

    assertThat(objects.list("")).as("signs leave no trail").hasSize(1);
  }

  private static void shouldShowTheNewestLine(OwnerBeacon one, OwnerBeacon other) {
    assertThat(one.read()).as("nothing yet").isEmpty();

    one.show("a");
    assertThat(other.read()).contains("a");
    other.show("b");
    assertThat(one.read()).contains("b");
    one.show("a again");
    assertThat(other.read()).contains("a again");
  }

  @Test
  void shouldShowThoughSomebodyDiedWhileHeShowedHimself() throws IOException {
    Files.writeString(folder.resolve("weir-owner.tmp"), "half");

    inFolder().show("whole");

    assertThat(inFolder().read()).contains("whole");
  }

  @Test
  void shouldSayWhatCannotBeReadOrShown() throws IOException {
    Files.createDirectory(folder.resolve("weir-owner"));
    Files.createDirectories(folder.resolve("weir-owner.tmp/not-empty"));

    List.<Runnable>of(() -> inFolder().read(), () -> inFolder().show("x"))
        .forEach(
            tried ->
                assertThatThrownBy(tried::run)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("the sign of life of job 'clicks'")
                    .hasMessageContaining("weir-owner"));
  }

  private OwnerBeacon inFolder() {
    return new FileBeacon(folder, "clicks", new FileDisk());
  }

  private OwnerBeacon inStore() {
    return new StoreBeacon(objects, "store", "clicks", Duration.ofSeconds(3));
  }
}
