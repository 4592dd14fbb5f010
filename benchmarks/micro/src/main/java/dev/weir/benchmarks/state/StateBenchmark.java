package dev.weir.benchmarks.state;

import dev.weir.internal.state.rocksdb.StateMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A row of state read and set, of 65536 rows that a completed checkpoint has, one by one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class StateBenchmark {
  private static final int KEYS = 1 << 16;
  private static final long MEMORY = 256L << 20;

  /** Where the rows are. */
  @Param({"heap", "rocksdb"})
  public String store;

  private final Long[] keys = new Long[KEYS];
  private final String value =
      "a value that does not change, of fifty characters..".substring(0, 50);
  private Path folder;
  private MeasuredState state;
  private int next;

  /** Fills in all rows, and completes a checkpoint. */
  @Setup
  public void fill() throws IOException {
    folder = Files.createTempDirectory("weir-state-");
    StateMemory memory = StateMemory.of(MEMORY, Runtime.getRuntime().maxMemory());
    state = new MeasuredState(folder, store.equals("heap"), memory);
    state.restore();
    for (int i = 0; i < KEYS; i++) {
      keys[i] = i * 31L + 1_000_000;
      state.put(keys[i], value);
    }
    state.barrier();
    state.settle();
  }

  /** Removes the files. */
  @TearDown
  public void remove() throws IOException {
    state.close();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private Long key() {
    next = (next + 1) & (KEYS - 1);
    return keys[next];
  }

  /** A row that no one has set since the checkpoint. */
  @Benchmark
  public String get() {
    return state.get(key());
  }

  /** A row read and set; in the first round not set since the checkpoint, then set before. */
  @Benchmark
  public String getAndPut() {
    Long key = key();
    String before = state.get(key);
    state.put(key, value);
    return before;
  }
}
