package dev.weir.internal.runtime;

import dev.weir.internal.base.Stepped;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.job.StuckTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Finds tasks whose steps do not return, by looking at the workers once in a second: a step costs
 * the worker nothing more. Confined to the job's thread, apart from {@link #found}.
 */
final class StuckTasks {
  private static final long PAUSE_MILLIS = 1_000;
  private static final int FRAMES = 16;

  private final List<Worker> workers;
  private final Function<Stepped, TaskId> names;
  private final Map<Worker, Seen> seen = new HashMap<>();
  private long nextLookMillis = Long.MIN_VALUE;
  private final AtomicLong found = new AtomicLong();

  /** Looks at these workers, whose tasks are called so. */
  StuckTasks(List<Worker> workers, Function<Stepped, TaskId> names) {
    this.workers = List.copyOf(workers);
    this.names = names;
  }

  /** A step, and the first look at it. */
  private record Seen(Worker.Turn turn, long sinceMillis, boolean isFound) {}

  /** How many steps have been found so far; from any thread. */
  long found() {
    return found.get();
  }

  /**
   * Looks, unless the last look was just before.
   *
   * @param afterMillis how long a step may last
   */
  Optional<List<StuckTask>> look(long nowMillis, long afterMillis) {
    if (nowMillis < nextLookMillis) {
      return Optional.empty();
    }
    nextLookMillis = nowMillis + PAUSE_MILLIS;
    List<StuckTask> stuck = new ArrayList<>();
    for (Worker worker : workers) {
      Optional<Worker.Turn> turn = worker.turn();
      turn.ifPresentOrElse(now -> see(worker, now, nowMillis), () -> seen.remove(worker));
      if (turn.isPresent() && nowMillis - seen.get(worker).sinceMillis() >= afterMillis) {
        stuck.add(find(worker, nowMillis));
      }
    }
    return Optional.of(List.copyOf(stuck));
  }

  private void see(Worker worker, Worker.Turn now, long nowMillis) {
    Seen before = seen.get(worker);
    if (before == null || !before.turn().equals(now)) {
      seen.put(worker, new Seen(now, nowMillis, false));
    }
  }

  private StuckTask find(Worker worker, long nowMillis) {
    Seen step = seen.get(worker);
    if (!step.isFound()) {
      seen.put(worker, new Seen(step.turn(), step.sinceMillis(), true));
      found.incrementAndGet();
    }
    List<StackTraceElement> stack = worker.stack();
    TaskId task = names.apply(step.turn().task());
    return new StuckTask(
        task.label(),
        task.subtask(),
        worker.name(),
        Duration.ofMillis(nowMillis - step.sinceMillis()),
        stack.subList(0, Math.min(FRAMES, stack.size())));
  }
}
