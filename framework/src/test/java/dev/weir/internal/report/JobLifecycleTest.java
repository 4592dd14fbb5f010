package dev.weir.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.job.JobState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobLifecycleTest {
  private final JobLifecycle lifecycle = new JobLifecycle();

  @Test
  void shouldGoThroughAFailureAndARestartToTheEnd() {
    lifecycle.moveTo(JobState.RESTORING);
    lifecycle.moveTo(JobState.RUNNING);
    lifecycle.moveTo(JobState.FAILING);
    lifecycle.moveTo(JobState.RESTARTING);
    lifecycle.moveTo(JobState.RESTORING);
    lifecycle.moveTo(JobState.RUNNING);
    lifecycle.moveTo(JobState.STOPPING);
    lifecycle.moveTo(JobState.FINISHED);

    assertThat(lifecycle.state().isTerminal()).isTrue();
  }

  @Test
  void shouldAllowTheMovesOfThisTableAndNoOther() {
    Map<JobState, Set<JobState>> table = table();
    assertThat(table).containsOnlyKeys(JobState.values());
    Map<JobState, List<JobState>> paths = paths(table);

    for (JobState from : JobState.values()) {
      assertThat(from.isTerminal()).as("%s is an end", from).isEqualTo(table.get(from).isEmpty());
      for (JobState to : JobState.values()) {
        assertThat(mayGo(paths.get(from), to))
            .as("from %s to %s", from, to)
            .isEqualTo(table.get(from).contains(to));
      }
    }
  }

  private static Map<JobState, Set<JobState>> table() {
    return """
        CREATED:    RESTORING CANCELLED
        RESTORING:  RUNNING STANDBY FAILING CANCELLED
        STANDBY:    RESTORING FAILING CANCELLED
        RUNNING:    STOPPING FAILING CANCELLED
        STOPPING:   FINISHED FAILING CANCELLED
        FAILING:    RESTARTING SUSPENDED CANCELLED
        RESTARTING: RESTORING FAILING CANCELLED
        FINISHED:
        CANCELLED:
        SUSPENDED:
        """
        .lines()
        .map(line -> line.split("[: ]+"))
        .collect(
            Collectors.toMap(
                row -> JobState.valueOf(row[0]),
                row -> Stream.of(row).skip(1).map(JobState::valueOf).collect(Collectors.toSet())));
  }

  /** How to come to each state. */
  private static Map<JobState, List<JobState>> paths(Map<JobState, Set<JobState>> table) {
    Map<JobState, List<JobState>> paths = new EnumMap<>(JobState.class);
    paths.put(JobState.CREATED, List.of());
    Deque<JobState> next = new ArrayDeque<>(paths.keySet());
    while (!next.isEmpty()) {
      JobState from = next.remove();
      for (JobState to : table.get(from)) {
        if (!paths.containsKey(to)) {
          paths.put(to, Stream.concat(paths.get(from).stream(), Stream.of(to)).toList());
          next.add(to);
        }
      }
    }
    return paths;
  }

  private static boolean mayGo(List<JobState> path, JobState to) {
    JobLifecycle lifecycle = new JobLifecycle();
    path.forEach(lifecycle::moveTo);
    try {
      lifecycle.moveTo(to);
      return true;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  @Test
  void shouldNameBothStatesOfAnIllegalMove() {
    assertThatIllegalStateException()
        .isThrownBy(() -> lifecycle.moveTo(JobState.RUNNING))
        .withMessageContaining("CREATED")
        .withMessageContaining("RUNNING");
  }
}
