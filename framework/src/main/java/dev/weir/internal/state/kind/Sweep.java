package dev.weir.internal.state.kind;

import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateTable;
import dev.weir.state.StateTtl;
import dev.weir.time.Clock;
import java.util.function.Predicate;

/**
 * Removes expired rows that nobody meets, walking over what lies at the bottom, some rows a step.
 * Confined to the task's thread but for {@link #close}.
 */
final class Sweep<K, R> implements AutoCloseable {
  static final int ROWS_PER_STEP = 256;

  private static final long SHORTEST_PAUSE_MILLIS = 1_000;

  private final StateTable<K, R> table;
  private final Predicate<R> isExpired;
  private final Clock clock;
  private final long pauseMillis;
  private RowCursor<K, R> walk;
  private long dueMillis;

  Sweep(StateTable<K, R> table, Predicate<R> isExpired, StateTtl ttl, Clock clock) {
    this.table = table;
    this.isExpired = isExpired;
    this.clock = clock;
    this.pauseMillis = Math.max(SHORTEST_PAUSE_MILLIS, ttl.timeToLive().toMillis() / 4);
    this.dueMillis = clock.monotonicMillis();
  }

  /** Goes on with the walk, or begins one that is due; true if there was something to do. */
  boolean step() {
    if (walk == null) {
      if (clock.monotonicMillis() < dueMillis) {
        return false;
      }
      walk = table.walk();
    }
    for (int i = 0; i < ROWS_PER_STEP; i++) {
      if (!walk.next()) {
        close();
        dueMillis = clock.monotonicMillis() + pauseMillis;
        break;
      }
      if (isExpired.test(walk.value())) {
        removeIfStillExpired(walk.key());
      }
    }
    return true;
  }

  /** The row may have been touched in a layer above. */
  private void removeIfStillExpired(K key) {
    R kept = table.get(0, key);
    if (kept != null && isExpired.test(kept)) {
      table.remove(0, key);
    }
  }

  @Override
  public void close() {
    if (walk != null) {
      walk.close();
      walk = null;
    }
  }
}
