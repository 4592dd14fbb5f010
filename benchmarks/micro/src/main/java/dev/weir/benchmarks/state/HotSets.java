package dev.weir.benchmarks.state;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.internal.state.rocksdb.StateMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What a get and a put of 100 bytes cost by the share of the keys that they go to, at random, while
 * checkpoints are taken: the time of the task's thread, and the CPU of the process, which has all
 * that happens in the background.
 *
 * <pre>
 *   java -Xms4g -Xmx4g -cp 'classes:lib/*' dev.weir.benchmarks.state.HotSets \
 *       heap|rocksdb KEYS [MEBIBYTES outside the heap, 1024]
 * </pre>
 */
public final class HotSets {
  private static final double[] SHARES = {0.01, 0.1, 0.25, 0.5, 1};
  private static final int RECORDS = 2_000_000;
  private static final int CHECKPOINTS = 4;
  private static final long FAR_APART = 1_000_000_007; // A prime, so every key has its turn.
  private static final int DEFAULT_MEBIBYTES = 1024;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long LOOK_NANOS = 100_000_000;
  private static final double BUSY = 0.05;
  private static final int MOST_LOOKS = 600;

  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Random random = new Random(1);
  private final Values values = new Values(random);
  private final MeasuredState state;
  private final int keys;

  private HotSets(MeasuredState state, int keys) {
    this.state = state;
    this.keys = keys;
  }

  /** See above. */
  public static void main(String[] arguments) throws IOException {
    long mebibytes = arguments.length > 2 ? Long.parseLong(arguments[2]) : DEFAULT_MEBIBYTES;
    StateMemory memory = StateMemory.of(mebibytes << 20, Runtime.getRuntime().maxMemory());
    Path folder = Files.createTempDirectory("weir-hot-sets-");
    try (MeasuredState state = new MeasuredState(folder, arguments[0].equals("heap"), memory)) {
      new HotSets(state, Integer.parseInt(arguments[1])).run();
    } finally {
      StateCosts.remove(folder);
    }
  }

  private void run() {
    state.restore();
    System.out.println("| hot keys | time, us | CPU, us |");
    System.out.println("|---|---|---|");
    measured("new", keys, this::fill);
    for (double share : SHARES) {
      int hot = (int) (share * keys);
      MeasuredState.Keys chosen = () -> (long) random.nextInt(hot) * (keys / hot);
      round(chosen); // Brings them in.
      measured("%.0f %%".formatted(100 * share), RECORDS, () -> round(chosen));
    }
  }

  private void measured(String what, int records, Runnable work) {
    awaitRest();
    long cpu = process.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    long nanos = System.nanoTime() - start;
    awaitRest();
    System.out.printf(
        "| %s | %.2f | %.2f |%n",
        what,
        nanos / NANOS_PER_MICRO / records,
        (process.getProcessCpuTime() - cpu) / NANOS_PER_MICRO / records);
  }

  /** What is left to be done in the background is whose work caused it, and nobody else's. */
  private void awaitRest() {
    for (int i = 0; i < MOST_LOOKS; i++) {
      long cpu = process.getProcessCpuTime();
      LockSupport.parkNanos(LOOK_NANOS);
      if (process.getProcessCpuTime() - cpu < BUSY * LOOK_NANOS) {
        return;
      }
    }
  }

  /** Each key once, in an order that is as good as none. */
  private void fill() {
    long[] next = {0};
    turns(keys, () -> next[0]++ * FAR_APART % keys);
    checkpoint();
  }

  /** With what it leaves to be done afterwards. */
  private void round(MeasuredState.Keys chosen) {
    for (int i = 0; i < CHECKPOINTS; i++) {
      turns(RECORDS / CHECKPOINTS, chosen);
      if (!state.isWriting()) {
        state.barrier();
      }
    }
    state.settle();
  }

  private void turns(int records, MeasuredState.Keys chosen) {
    for (int i = 0; i < records; i += MeasuredState.RECORDS_PER_TURN) {
      state.turn(chosen, values::next);
    }
  }

  private void checkpoint() {
    if (!state.isWriting()) {
      state.barrier();
    }
    state.settle();
  }
}
