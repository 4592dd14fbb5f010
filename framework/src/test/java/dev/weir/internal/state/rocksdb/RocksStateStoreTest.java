package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.StorageException;
import dev.weir.internal.state.StateFilesContract;
import dev.weir.internal.state.StateJob;
import dev.weir.internal.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStateStoreTest extends StateFilesContract {
  @TempDir private Path directory;

  @Override
  protected StateStore openStore() {
    return RocksStateStore.open(directory.resolve("contract"));
  }

  @Test
  void shouldReadWhatIsOnItsWayDown() throws Exception {
    Deque<Runnable> io = new ArrayDeque<>();
    try (RocksStateStore store = RocksStateStore.open(directory.resolve("async"), io::add);
        StateJob job = new StateJob(store, 8)) {
      job.start(1, List.of());
      StateJob.Task task = job.task(0);
      for (long id = 1; id <= 3; id++) {
        task.count(10, "a", 1);
        task.count(id, "b", 1);
        job.checkpoint(id);
      }

      assertThat(io).isNotEmpty();
      assertThat(task.windows.get(10, "a").count).isEqualTo(3);
      runAll(io);
      job.checkpoint(4);

      assertThat(task.windows.get(10, "a").count).isEqualTo(3);
      assertThat(task.drained(10)).containsExactly("1 b=1", "2 b=1", "3 b=1", "10 a=3");
      runAll(io);
    }
  }

  private static void runAll(Deque<Runnable> io) {
    while (!io.isEmpty()) {
      io.remove().run();
    }
  }

  @Test
  void shouldTellTheTaskWhenRowsCannotSink() {
    RocksStateStore store =
        RocksStateStore.open(
            directory.resolve("failing"),
            task -> {
              throw new IllegalStateException("no threads");
            });
    StateJob job = new StateJob(store, 8);
    job.start(1, List.of());
    job.task(0).count(1, "a", 1);

    assertThatThrownBy(() -> job.checkpoint(1)).hasMessageContaining("no threads");
    job.close();
    store.close();
  }

  @Test
  void shouldCloseEveryNativeHandle() throws Exception {
    RocksStateStore store = RocksStateStore.open(directory.resolve("handles"));
    int idle = store.openHandles();
    StateJob job = new StateJob(store, 8);
    for (int attempt = 1; attempt <= 3; attempt++) {
      job.start(attempt, List.of());
      job.task(0).count(1, "a", 1);
      job.task(0).count(2, "a", 1);
      job.checkpoint(1);
      int running = store.openHandles();
      job.task(0).drained(1);
      job.checkpoint(2);
      job.task(0).drained(5);

      assertThat(store.openHandles()).isEqualTo(running).isGreaterThan(idle);
    }
    job.close();

    assertThat(store.openHandles()).isEqualTo(idle);
    store.close();
    store.close();
    assertThat(store.openHandles()).isZero();
  }

  @Test
  void shouldLeaveNothingBehindAndNothingOfOthersTouched() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path foreign = Files.writeString(folder.resolve("mine.txt"), "mine");
    RocksStateStore.open(folder).close();

    assertThat(foreign).exists();
    try (var left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(foreign);
    }
  }

  @Test
  void shouldTakeItsTemporaryFolderAway() throws IOException {
    RocksStateStore store = RocksStateStore.openTemporary("gone-" + directory.hashCode(), r -> {});
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String prefix = "weir-gone-" + directory.hashCode();
    assertThat(foldersOf(temporary, prefix)).hasSize(1);

    store.close();

    assertThat(foldersOf(temporary, prefix)).isEmpty();
  }

  private static List<Path> foldersOf(Path parent, String prefix) throws IOException {
    try (var folders = Files.list(parent)) {
      return folders.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  @Test
  void shouldRefuseAFolderThatAnotherUses() {
    Path folder = directory.resolve("used");
    try (RocksStateStore first = RocksStateStore.open(folder)) {
      assertThatThrownBy(() -> RocksStateStore.open(folder))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(folder.toString());
      assertThat(first.openHandles()).isPositive();
    }
  }
}
