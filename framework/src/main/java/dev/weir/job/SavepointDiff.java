package dev.weir.job;

import dev.weir.error.RestoreException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a pipeline and a savepoint fit, told before the pipeline is deployed. Immutable.
 *
 * @param savepoint what the pipeline would begin from
 * @param kept stages whose state goes on
 * @param renamed those of them that the savepoint knows under an earlier name: name now, to that
 * @param added stages with state that the savepoint has nothing of: they begin empty, a source at
 *     its configured start
 * @param dropped stages of the savepoint that the pipeline lacks and whose loss is not allowed
 * @param changed what goes on otherwise than before, such as widened types and new topics, a
 *     sentence each
 * @param incompatible why a job would refuse to begin from it, a sentence each with what to do
 */
public record SavepointDiff(
    Savepoint savepoint,
    SortedSet<String> kept,
    Map<String, String> renamed,
    SortedSet<String> added,
    SortedSet<String> dropped,
    List<String> changed,
    List<String> incompatible) {
  /** Makes the collections unmodifiable. */
  public SavepointDiff {
    kept = unmodifiable(kept);
    renamed = Collections.unmodifiableMap(new TreeMap<>(renamed));
    added = unmodifiable(added);
    dropped = unmodifiable(dropped);
    changed = List.copyOf(changed);
    incompatible = List.copyOf(incompatible);
  }

  private static SortedSet<String> unmodifiable(Set<String> names) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /**
   * @return true if a job with this pipeline would begin from the savepoint
   */
  public boolean isCompatible() {
    return incompatible.isEmpty();
  }

  /**
   * For tests: passes if a job would begin from the savepoint.
   *
   * @return this
   * @throws RestoreException if it would refuse; names everything that does not fit
   */
  public SavepointDiff requireCompatible() {
    if (!isCompatible()) {
      throw new RestoreException(this.toString());
    }
    return this;
  }

  @Override
  public String toString() {
    return "Savepoint "
        + savepoint.location()
        + " of job '"
        + savepoint.job()
        + "': kept "
        + kept
        + ", renamed "
        + renamed
        + ", new "
        + added
        + ", dropped "
        + dropped
        + ", changed "
        + changed
        + ", incompatible "
        + incompatible
        + ".";
  }
}
