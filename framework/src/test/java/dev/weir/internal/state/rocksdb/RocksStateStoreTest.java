package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateFilesContract;
import dev.weir.internal.state.StateJob;
import dev.weir.internal.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStateStoreTest extends StateFilesContract {
  @TempDir private Path directory;

  @Override
  protected StateStore openStore() {
    return store("contract", Runnable::run);
  }

  @Override
  protected boolean sharesBase() {
    return true;
  }

  @Override
  protected void forgetLocalFiles() throws IOException {
    Files.deleteIfExists(directory.resolve("contract/weir-local"));
  }

  @Test
  void shouldReadWhatIsOnItsWayDown() throws Exception {
    Deque<Runnable> io = new ArrayDeque<>();
    try (RocksStateStore store = store("async", io::add);
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
        store(
            "failing",
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
    RocksStateStore store = store("handles", Runnable::run);
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

      assertThat(store.openHandles()).isEqualTo(running).isPositive();
    }
    job.close();

    assertThat(store.openHandles()).isZero();
    store.close();
    store.close();
    assertThat(store.openHandles()).isZero();
  }

  @Tag("S12")
  @Test
  void shouldCloseEveryNativeHandleOverManyCheckpointsAndRestores() throws Exception {
    StateMemory little = new StateMemory(1 << 20, 1 << 20, 1 << 18, 1 << 20);
    RocksStateStore store =
        RocksStateStore.in(directory.resolve("many"), engine(Runnable::run).with(little));
    StateJob job = new StateJob(store, 8);
    List<List<FileRef>> parts = List.of();
    int running = 0;
    for (long id = 1; id <= 2_000; id++) {
      if (id % 20 == 1) {
        job.start(1 + (int) (id % 3), parts);
        running = store.openHandles();
      }
      int rows = id % 50 == 0 ? 2_000 : 3; // Many go down as a file, few through memory.
      for (int i = 0; i < rows; i++) {
        job.taskOf("key-" + i).count(id, "key-" + i, 1);
      }
      parts = job.checkpoint(id);
      job.task(0).drained(id - 2);

      assertThat(store.openHandles()).as("checkpoint %s", id).isEqualTo(running);
    }
    job.close();

    store.close();
    assertThat(store.openHandles()).isZero();
  }

  @Test
  void shouldFindRowsThatTheRowCacheHasLetGo() {
    StateMemory little = new StateMemory(1 << 20, 1 << 20, 1 << 18, 1 << 30);
    try (StateJob job =
        new StateJob(
            RocksStateStore.in(directory.resolve("large"), engine(Runnable::run).with(little)),
            8)) {
      job.start(1, List.of());
      int keys = 40_000; // Some 2 MB.
      for (int i = 0; i < keys; i++) {
        job.count("key-" + i, i);
      }
      List<List<FileRef>> parts = job.checkpoint(1);
      assertAll(job, keys);

      job.start(1, parts);

      assertAll(job, keys);
      assertThat(job.valueOf("none")).isZero();
    }
  }

  private static void assertAll(StateJob job, int keys) {
    for (int i = 0; i < keys; i++) {
      assertThat(job.valueOf("key-" + i)).isEqualTo(i);
    }
  }

  @Test
  void shouldAskForACheckpointAndThenForTimeWhenChangesOutgrowTheirShare() {
    StateMemory little = new StateMemory(1 << 20, 1 << 20, 1 << 18, 100_000);
    Deque<Runnable> io = new ArrayDeque<>();
    try (RocksStateStore store =
            RocksStateStore.in(directory.resolve("share"), engine(io::add).with(little));
        StateJob job = new StateJob(store, 8)) {
      job.start(2, List.of());
      KeyedStateBackend backend = job.taskOf("key-0").backend;
      count(job, 100);
      assertThat(backend.wantsCheckpoint()).as("for a tenth").isFalse();
      count(job, 800);
      assertThat(backend.wantsCheckpoint()).as("for four fifths of two tasks").isTrue();
      assertThat(backend.isFull()).isFalse();

      job.checkpoint(1);
      assertThat(backend.wantsCheckpoint()).as("on its way down").isFalse();
      count(job, 800);
      assertThat(backend.isFull()).as("twice four fifths").isTrue();

      runAll(io);
      assertThat(backend.isFull()).as("half of it is down").isFalse();
    }
  }

  private static void count(StateJob job, int keys) {
    for (int i = 0; i < keys; i++) {
      job.taskOf("key-" + i).count(1, "key-" + i, 1);
    }
    job.task(0).backend.wantsCheckpoint();
    job.task(1).backend.isFull();
    job.task(1).backend.wantsCheckpoint();
  }

  @Test
  void shouldTouchNothingOfOthers() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path foreign = Files.writeString(folder.resolve("mine.txt"), "mine");
    for (int start = 0; start < 2; start++) {
      try (StateJob job = new StateJob(store("folder", Runnable::run), 8)) {
        job.start(1, List.of());
      }
    }

    assertThat(foreign).hasContent("mine");
  }

  @Test
  void shouldTakeItsTemporaryFolderAway() throws IOException {
    RocksStateStore store = RocksStateStore.inTemporary(engine(Runnable::run));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    String job = "gone-" + directory.getFileName();
    store.begin(
        new StateStore.Origin(
            job,
            Lineage.NONE.with(new Lineage.Run(1, 1, 0)),
            Optional.empty(),
            FolderStores.in(directory, new FileDisk())));
    assertThat(foldersOf(temporary, "weir-" + job)).hasSize(1);

    store.close();

    assertThat(foldersOf(temporary, "weir-" + job)).isEmpty();
  }

  private static List<Path> foldersOf(Path parent, String prefix) throws IOException {
    try (var folders = Files.list(parent)) {
      return folders.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  @Tag("S51")
  @Test
  void shouldMakeDoWithATemporaryFolderWhileItsOwnIsInUse() {
    try (StateJob paused = new StateJob(store("used", Runnable::run), 8);
        StateJob second = new StateJob(store("used", Runnable::run), 8)) {
      paused.start(1, List.of());
      paused.count("a", 1);
      second.start(1, List.of());
      second.count("a", 10);

      second.checkpoint(1);
      paused.checkpoint(1);

      assertThat(paused.valueOf("a")).isEqualTo(1);
      assertThat(second.valueOf("a")).isEqualTo(10);
    }
  }

  private RocksStateStore store(String folder, Executor io) {
    return RocksStateStore.in(directory.resolve(folder), engine(io));
  }

  private static RocksStateStore.Engine engine(Executor io) {
    return new RocksStateStore.Engine(
        io,
        CrashPoint.Hook.NONE,
        failure -> {
          throw new AssertionError(failure);
        });
  }
}
