package dev.weir.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;
import dev.weir.internal.state.rocksdb.RocksStateStore;
import dev.weir.internal.state.rocksdb.StateMemory;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random programs against plain maps. Replay one with {@code -Dseed=N}. */
class KeyedStateSimulation {
  private static final int STEPS = 1_500;
  private static final StateMemory LITTLE = new StateMemory(1 << 17, 1 << 20, 1 << 6, 1 << 10);

  private final Beside io = Beside.threads(Executors.newSingleThreadExecutor());
  private final Beside sinking = Beside.threads(Executors.newFixedThreadPool(2));
  private final Interleaving interleaving = new Interleaving();
  @TempDir private Path directory;

  @AfterEach
  void stopThreads() {
    io.close();
    sinking.close();
    interleaving.close();
  }

  @Test
  void shouldBehaveAsPlainMapsOnTheHeap() {
    try (StateStore states = new HeapStateStore(RocksBaseRows::open)) {
      run(states, io, 60);
    }
  }

  @Test
  void shouldBehaveAsPlainMapsOnTheHeapWhereverWritingStops() {
    try (StateStore states = new HeapStateStore(RocksBaseRows::open)) {
      run(states, interleaving, 6);
    }
    assertThat(interleaving.steps()).isPositive();
  }

  @Test
  void shouldBehaveAsPlainMapsInRocksDb() {
    try (RocksStateStore states = RocksStateStore.in(directory, engine(Runnable::run))) {
      run(states, io, 8);
    }
  }

  @Test
  void shouldBehaveAsPlainMapsInRocksDbWhileRowsSinkInTheBackground() {
    try (RocksStateStore states = RocksStateStore.in(directory, engine(sinking))) {
      run(states, io, 8);
    }
  }

  @Test
  void shouldBehaveAsPlainMapsInRocksDbWithNextToNoMemory() {
    try (RocksStateStore states = RocksStateStore.in(directory, engine(sinking).with(LITTLE))) {
      run(states, io, 8);
    }
  }

  /** All but RocksDB's own threads is drawn from the seed. */
  @Test
  void shouldBehaveAsPlainMapsInRocksDbWhereverSinkingStops() {
    try (RocksStateStore states =
        RocksStateStore.in(directory, engine(interleaving).with(LITTLE))) {
      run(states, interleaving, 1);
    }
    assertThat(interleaving.steps()).isPositive();
  }

  private static RocksStateStore.Engine engine(Executor executor) {
    return new RocksStateStore.Engine(
        executor,
        (point, checkpointId) -> Interleaving.point(),
        failure -> {
          throw new AssertionError(failure);
        },
        0);
  }

  private static void run(StateStore states, Beside beside, int programs) {
    Long only = Long.getLong("seed");
    long first = only == null ? System.nanoTime() : only;
    for (int i = 0; i < (only == null ? programs : 1); i++) {
      long seed = first + i;
      try {
        new StateModel(states, seed, beside).run(STEPS);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("Failed with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
