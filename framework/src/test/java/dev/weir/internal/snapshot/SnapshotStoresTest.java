package dev.weir.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SnapshotStore;
import dev.weir.error.InvalidConfigException;
import dev.weir.internal.base.CrashPoint;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotStoresTest {
  @TempDir private Path folder;

  @Test
  void shouldFindTheStoreThatTheUriMeans() throws Exception {
    SnapshotStore file = open(folder.toUri());
    SnapshotStore memory = open(URI.create("memory:found"));
    write(file, "a");
    write(memory, "b");

    assertThat(file.list("")).containsExactly("a");
    assertThat(open(URI.create("memory:found")).list("")).containsExactly("b");
    assertThat(open(URI.create("memory:another")).list("")).isEmpty();
    assertThat(folder.resolve("a")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/job", "memory: ", "file://host/share", "nothing"})
  void shouldNameWhatCannotBeAStore(String text) {
    URI uri = URI.create(text.replace(" ", "%20"));

    assertThatThrownBy(() -> SnapshotStores.check(uri))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContainingAll("checkpoint.storage", uri.toString(), "memory");
  }

  private static void write(SnapshotStore store, String name) throws Exception {
    try (SnapshotStore.Upload upload = store.create(name)) {
      upload.complete();
    }
  }

  private static SnapshotStore open(URI uri) {
    return SnapshotStores.open(uri, new FileDisk(), CrashPoint.Hook.NONE);
  }
}
