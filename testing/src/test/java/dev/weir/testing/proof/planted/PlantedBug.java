package dev.weir.testing.proof.planted;

import java.util.List;

/**
 * A mistake, as a change of the engine's sources. Immutable.
 *
 * @param name what goes wrong
 * @param hunts in which runs it is looked for, one after the other
 * @param changes of its sources
 */
record PlantedBug(String name, List<String> hunts, List<Change> changes) {
  /** In a file, from the project's root: what is there once, and what is put in its place. */
  record Change(String source, String right, String wrong) {}

  @Override
  public String toString() {
    return name;
  }
}
