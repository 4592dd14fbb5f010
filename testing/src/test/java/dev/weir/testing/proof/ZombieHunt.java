package dev.weir.testing.proof;

/**
 * Hunts for what is wrong with an engine in runs whose first process stands still somewhere, and
 * wakes up beside its successor.
 */
public final class ZombieHunt extends Hunt {
  private static final long STEPS = 1_500;
  private static final long STRIDE = 37;
  private static final long SHORTEST_MILLIS = 150;
  private static final long SPREAD_MILLIS = 600;

  /** Over the ordinary workloads. */
  public ZombieHunt() {
    super(seed -> TestWorkload.scenario(seed).with(FaultPlan.calm().with(stillness(seed))));
  }

  private static Fault stillness(long seed) {
    return new Fault.Freeze(
        0, 1 + seed * STRIDE % STEPS, SHORTEST_MILLIS + seed % SPREAD_MILLIS, true);
  }
}
