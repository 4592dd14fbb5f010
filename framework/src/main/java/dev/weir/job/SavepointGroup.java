package dev.weir.job;

import java.net.URI;
import java.util.List;

/**
 * Savepoints of several jobs, taken at one cut: none has read anything that another one's savepoint
 * does not know as written. Immutable. They lie in one place, which can be moved as a whole.
 *
 * @param location where the group lies
 * @param members one per job, in the order in which the jobs were given; the location of each is
 *     that of the group with {@code #} and the job's name behind it, by which {@code restore.from},
 *     {@code Weir.diff} and {@code Weir.readState} find it
 */
public record SavepointGroup(URI location, List<Savepoint> members) {
  /** Makes the list unmodifiable. */
  public SavepointGroup {
    members = List.copyOf(members);
  }

  /**
   * @param job the name of a job
   * @return its savepoint
   * @throws IllegalArgumentException if the job is not in the group
   */
  public Savepoint member(String job) {
    return members.stream()
        .filter(each -> each.job().equals(job))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Job '"
                        + job
                        + "' is not in the group "
                        + location
                        + ". Name one of "
                        + members.stream().map(Savepoint::job).toList()
                        + "."));
  }
}
