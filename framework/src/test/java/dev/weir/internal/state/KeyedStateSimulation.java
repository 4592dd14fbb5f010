package dev.weir.internal.state;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.internal.state.rocksdb.RocksStateStore;
import dev.weir.internal.state.rocksdb.StateMemory;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random programs against plain maps. Replay one with {@code -Dseed=N}. */
class KeyedStateSimulation {
  private static final int STEPS = 1_500;

  private final ExecutorService io = Executors.newSingleThreadExecutor();
  @TempDir private Path directory;

  @AfterEach
  void stopIo() {
    io.shutdownNow();
  }

  @Test
  void shouldBehaveAsPlainMapsOnTheHeap() {
    try (StateStore states = new HeapStateStore(RocksBaseRows::open)) {
      run(states, 60);
    }
  }

  @Test
  void shouldBehaveAsPlainMapsInRocksDb() {
    try (RocksStateStore states = store(Runnable::run)) {
      run(states, 8);
    }
  }

  @Test
  void shouldBehaveAsPlainMapsInRocksDbWhileRowsSinkInTheBackground() {
    ExecutorService sinking = Executors.newFixedThreadPool(2);
    try (RocksStateStore states = store(sinking)) {
      run(states, 8);
    } finally {
      sinking.shutdownNow();
    }
  }

  @Test
  void shouldBehaveAsPlainMapsInRocksDbWithNextToNoMemory() {
    ExecutorService sinking = Executors.newFixedThreadPool(2);
    StateMemory little = new StateMemory(1 << 17, 1 << 20, 1 << 6, 1 << 10);
    try (RocksStateStore states = RocksStateStore.in(directory, engine(sinking).with(little))) {
      run(states, 8);
    } finally {
      sinking.shutdownNow();
    }
  }

  private RocksStateStore store(Executor executor) {
    return RocksStateStore.in(directory, engine(executor));
  }

  private static RocksStateStore.Engine engine(Executor executor) {
    return new RocksStateStore.Engine(
        executor,
        CrashPoint.Hook.NONE,
        failure -> {
          throw new AssertionError(failure);
        },
        0);
  }

  private void run(StateStore states, int programs) {
    Long only = Long.getLong("seed");
    long first = only == null ? System.nanoTime() : only;
    for (int i = 0; i < (only == null ? programs : 1); i++) {
      long seed = first + i;
      try {
        new StateModel(states, seed, io).run(STEPS);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("Failed with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
