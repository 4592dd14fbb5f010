package dev.weir.benchmarks.state;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.internal.state.rocksdb.StateMemory;
import dev.weir.job.SnapshotCompression;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What {@code checkpoint.compression} costs and saves, on the heap: bytes, time and CPU of a
 * checkpoint of all keys and of one percent of them, and of a restore.
 *
 * <pre>
 *   java -Xms4g -Xmx4g -cp 'classes:lib/*' dev.weir.benchmarks.state.Compressions KEYS
 * </pre>
 */
public final class Compressions {
  private static final int CHECKPOINTS = 12;
  private static final double SHARE = 0.01;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final Random random = new Random(1);
  private final int keys;

  private Compressions(int keys) {
    this.keys = keys;
  }

  /** See above. */
  public static void main(String[] arguments) throws IOException {
    Compressions costs = new Compressions(Integer.parseInt(arguments[0]));
    System.out.println("| values | compression | what | MB | ms | CPU, ms |");
    System.out.println("|---|---|---|---|---|---|");
    for (int round = 0; round < 2; round++) { // The first one is for the compiler, too.
      for (SnapshotCompression compression : SnapshotCompression.values()) {
        costs.run("text", costs::text, compression);
        costs.run("random", new Values(costs.random)::next, compression);
      }
    }
  }

  /** Some 100 characters of the kind that state often has. */
  private String text() {
    return "{\"user\":%d,\"page\":\"/shop/item/%d\",\"country\":\"%s\",\"status\":\"active\",\"clicks\":%d,\"gold\":%b}"
        .formatted(
            random.nextInt(10_000_000),
            random.nextInt(5_000),
            List.of("DE", "FR", "US", "IN").get(random.nextInt(4)),
            random.nextInt(1_000),
            random.nextBoolean());
  }

  private void run(String values, Supplier<String> next, SnapshotCompression compression)
      throws IOException {
    Path folder = Files.createTempDirectory("weir-compression-");
    String name = compression.name().toLowerCase(Locale.ROOT);
    StateMemory memory = StateMemory.of(64 << 20, Runtime.getRuntime().maxMemory());
    try (MeasuredState state = new MeasuredState(folder, true, memory, compression)) {
      state.restore();
      long[] key = {0};
      while (key[0] < keys) {
        state.turn(() -> key[0]++ % keys, next);
      }
      while (state.isWriting()) {
        state.settle();
      }
      change(state, next, 1);
      print(values, name, "all keys", checkpoints(state, 1, () -> change(state, next, 0)));
      print(
          values,
          name,
          "1 % of the keys",
          checkpoints(state, CHECKPOINTS, () -> change(state, next, SHARE)));
      state.leave();
      Cpu cpu = new Cpu();
      state.restore();
      System.out.printf(
          "| %s | %s | restore | | %d | %d |%n", values, name, cpu.millis(), cpu.cpuMillis());
    } finally {
      StateCosts.remove(folder);
    }
  }

  private void change(MeasuredState state, Supplier<String> next, double share) {
    for (int i = 0; i < share * keys; i += MeasuredState.RECORDS_PER_TURN) {
      long[] key = {i};
      state.turn(() -> share < 1 ? random.nextInt(keys) : key[0]++ % keys, next);
    }
    if (state.isWriting()) {
      state.settle();
    }
  }

  private static Cost checkpoints(MeasuredState state, int number, Runnable before) {
    double[] bytes = new double[number];
    long[] millis = new long[number];
    long[] cpuMillis = new long[number];
    for (int i = 0; i < number; i++) {
      before.run();
      Cpu cpu = new Cpu();
      state.barrier();
      MeasuredState.Cost cost = state.settle();
      bytes[i] = cost.ownBytes() / 1e6;
      millis[i] = cost.millis();
      cpuMillis[i] = cpu.cpuMillis();
    }
    Arrays.sort(bytes);
    Arrays.sort(millis);
    Arrays.sort(cpuMillis);
    return new Cost(bytes[number / 2], millis[number / 2], cpuMillis[number / 2]);
  }

  private static void print(String values, String compression, String what, Cost cost) {
    System.out.printf(
        "| %s | %s | %s | %.2f | %d | %d |%n",
        values, compression, what, cost.megabytes(), cost.millis(), cost.cpuMillis());
  }

  /** Medians. */
  private record Cost(double megabytes, long millis, long cpuMillis) {}

  /** Since it was made. */
  private static final class Cpu {
    private final long start = System.nanoTime();
    private final long cpuStart = SYSTEM.getProcessCpuTime();

    long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    long cpuMillis() {
      return TimeUnit.NANOSECONDS.toMillis(SYSTEM.getProcessCpuTime() - cpuStart);
    }
  }
}
