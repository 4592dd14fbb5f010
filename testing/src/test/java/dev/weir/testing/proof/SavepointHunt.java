package dev.weir.testing.proof;

/** Hunts for what is wrong with an engine in runs in which savepoints are taken. */
public final class SavepointHunt extends Hunt {
  /** As {@link SavepointSimulation} does. */
  public SavepointHunt() {
    super(SavepointHunt::scenario);
  }

  /** An ordinary workload, of which savepoints are taken while other things go wrong. */
  static Scenario scenario(long seed) {
    return TestWorkload.scenario(seed).with(FaultPlan.saving(seed));
  }
}
