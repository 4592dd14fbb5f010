package dev.weir.benchmarks.state;

import dev.weir.internal.state.rocksdb.StateMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fills a state with values of 100 bytes and tells how long the task's turns last, what a
 * checkpoint costs by the share that has changed, what a restore takes, and the memory at its
 * highest.
 *
 * <pre>
 *   java -Xms4g -Xmx4g -cp 'classes:lib/*' dev.weir.benchmarks.state.StateCosts \
 *       heap|rocksdb KEYS [MEBIBYTES outside the heap, 1024 [barriers]]
 * </pre>
 *
 * <p>With {@code barriers} it only takes small checkpoints behind the fill, for how long a barrier
 * and a completion last.
 */
public final class StateCosts {
  private static final double[] SHARES = {0.001, 0.01, 0.1};
  private static final int CHECKPOINTS_PER_SHARE = 12;
  private static final int BIG_CHECKPOINTS = 8;
  private static final int CHECKPOINTS = 200;
  private static final int PROBES = 10_000;
  private static final int DEFAULT_MEBIBYTES = 1024;

  private final Random random = new Random(1);
  private final Values values = new Values(random);
  private final Path folder;
  private final boolean isHeap;
  private final int keys;
  private final long mebibytes;
  private final MeasuredState state;

  private StateCosts(Path folder, boolean isHeap, int keys, long mebibytes) {
    this.folder = folder;
    this.isHeap = isHeap;
    this.keys = keys;
    this.mebibytes = mebibytes;
    this.state =
        new MeasuredState(
            folder, isHeap, StateMemory.of(mebibytes << 20, Runtime.getRuntime().maxMemory()));
  }

  /** See above. */
  public static void main(String[] arguments) throws IOException {
    long mebibytes = arguments.length > 2 ? Long.parseLong(arguments[2]) : DEFAULT_MEBIBYTES;
    Path folder = Files.createTempDirectory("weir-costs-");
    StateCosts costs =
        new StateCosts(
            folder, arguments[0].equals("heap"), Integer.parseInt(arguments[1]), mebibytes);
    try {
      if (arguments.length > 3 && arguments[3].equals("barriers")) {
        costs.barriers();
      } else {
        costs.run();
      }
    } finally {
      costs.state.close();
      remove(folder);
    }
  }

  private void run() throws IOException {
    state.restore();
    fill();
    load(BIG_CHECKPOINTS, 0.2);
    load(CHECKPOINTS, 0.002);
    System.out.println();
    System.out.println("| changed | own files | base | until durable, median of 12 |");
    System.out.println("|---|---|---|---|");
    for (double share : SHARES) {
      costs(share);
    }
    restores();
    memory();
  }

  private void barriers() {
    state.restore();
    fill();
    state.barrier();
    state.settle();
    load(CHECKPOINTS, 0.002);
  }

  /** The most that was in use: of the process, of what the JVM counts outside the heap. */
  private void memory() throws IOException {
    String highest =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElseThrow();
    long outside = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted() >> 20;
    System.out.printf(
        "%nMemory: heap up to %d MiB, %d MiB for state outside it, code and classes %d MiB, %s%n",
        Runtime.getRuntime().maxMemory() >> 20, mebibytes, outside, highest);
  }

  /** All keys, before the first barrier if nothing asks for one. */
  private void fill() {
    Pauses pauses = new Pauses();
    state.measure(pauses);
    long[] next = {0};
    while (next[0] < keys) {
      state.turn(() -> next[0]++ % keys, values::next);
    }
    pauses.print("Fill with " + keys + " keys");
  }

  /** Keys at random, and checkpoints whenever a share of the keys was set. */
  private void load(int checkpoints, double share) {
    Pauses pauses = new Pauses();
    state.measure(pauses);
    for (int i = 0; i < checkpoints; i++) {
      if (!state.isWriting()) {
        state.barrier();
      }
      change(share);
      while (state.isWriting()) {
        change(0.001);
      }
    }
    pauses.print(checkpoints + " checkpoints, whenever " + 100 * share + " % of the keys were set");
    state.measure(new Pauses());
    state.barrier();
    state.settle();
  }

  private void change(double share) {
    for (int i = 0; i < share * keys; i += MeasuredState.RECORDS_PER_TURN) {
      state.turn(() -> random.nextInt(keys), values::next);
    }
  }

  private void costs(double share) {
    List<MeasuredState.Cost> costs = new ArrayList<>();
    for (int i = 0; i < CHECKPOINTS_PER_SHARE; i++) {
      change(share);
      if (!state.isWriting()) {
        state.barrier();
      }
      costs.add(state.settle());
    }
    long[] millis = costs.stream().mapToLong(MeasuredState.Cost::millis).sorted().toArray();
    System.out.printf(
        "| %.1f %% | %.2f MB | %.2f MB | %d ms (%d-%d) |%n",
        100 * share,
        costs.stream().mapToLong(MeasuredState.Cost::ownBytes).average().orElse(0) / 1e6,
        costs.stream().mapToLong(MeasuredState.Cost::baseBytes).average().orElse(0) / 1e6,
        millis[millis.length / 2],
        millis[0],
        millis[millis.length - 1]);
  }

  private void restores() throws IOException {
    System.out.println();
    System.out.println("| restored from | time |");
    System.out.println("|---|---|");
    if (!isHeap) {
      restore("local files", () -> {});
    }
    restore("the store", () -> Files.deleteIfExists(folder.resolve("local/weir-local")));
  }

  private void restore(String from, Loss loss) throws IOException {
    state.leave();
    loss.happen();
    long start = System.nanoTime();
    state.restore();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    for (int i = 0; i < PROBES; i++) {
      long key = random.nextInt(keys);
      if (state.get(key) == null) {
        throw new IllegalStateException("Key " + key + " is gone after a restore from " + from);
      }
    }
    System.out.printf("| %s | %d ms |%n", from, millis);
  }

  /** What happens between two attempts. */
  @FunctionalInterface
  private interface Loss {
    void happen() throws IOException;
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
