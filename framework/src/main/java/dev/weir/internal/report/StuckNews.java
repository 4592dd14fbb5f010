package dev.weir.internal.report;

import dev.weir.job.StuckTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is worth a line about tasks that are stuck: each one at once, again whenever it has lasted
 * twice as long, and when it has returned. Pure; confined to one thread.
 */
final class StuckNews {
  private Map<String, Known> known = Map.of();

  /** What was seen last on a thread, and how long it had lasted when it was told. */
  private record Known(StuckTask newest, Duration told) {
    boolean isTheSame(StuckTask other) {
      return newest.task().equals(other.task()) && newest.lasted().compareTo(other.lasted()) <= 0;
    }

    boolean isDue(StuckTask now) {
      return now.lasted().compareTo(told.multipliedBy(2)) >= 0;
    }
  }

  /**
   * What to tell.
   *
   * @param stuck tasks that are stuck, for the first time or still
   * @param returned tasks that are so no more, as they were seen last
   */
  record News(List<StuckTask> stuck, List<StuckTask> returned) {}

  /** The next look has found these. */
  News look(List<StuckTask> stuck) {
    News news = new News(new ArrayList<>(), new ArrayList<>());
    Map<String, Known> before = new HashMap<>(known);
    Map<String, Known> now = new HashMap<>();
    for (StuckTask task : stuck) {
      Known same = before.get(task.thread());
      if (same == null || !same.isTheSame(task) || same.isDue(task)) {
        news.stuck().add(task);
        now.put(task.thread(), new Known(task, task.lasted()));
      } else {
        now.put(task.thread(), new Known(task, same.told()));
      }
      if (same != null && same.isTheSame(task)) {
        before.remove(task.thread());
      }
    }
    before.values().forEach(gone -> news.returned().add(gone.newest()));
    known = now;
    return news;
  }
}
