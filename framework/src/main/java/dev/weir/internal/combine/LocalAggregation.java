package dev.weir.internal.combine;

import dev.weir.function.AggregateFunction;
import dev.weir.function.KeySelector;
import dev.weir.internal.base.UserCode;
import dev.weir.internal.row.RowMap;
import dev.weir.pipeline.Stage;
import dev.weir.time.TumblingWindows;
import java.util.function.ToIntFunction;

/**
 * Aggregates the records of one task by key and window before they go to the tasks that own the
 * keys [1]. It holds few windows, in a table that is emptied whenever something else leaves the
 * task, so a partial aggregate keeps its place before the next watermark or barrier, and nothing of
 * it is ever in a checkpoint. Where records hardly share windows it stands aside and looks again
 * later: then they go as they are. Confined to the writing task's thread.
 *
 * <p>[1] P.-Å. Larson, "Data reduction by partial preaggregation", ICDE 2002: a table of fixed
 * size, emptied when full.
 *
 * <pre>
 *   record ──► [ (window, key) → accumulator ] ── drain ──► partial aggregate ──► channel
 * </pre>
 *
 * @param <T> type of the records
 */
public final class LocalAggregation<T> {
  /** Most windows that it holds. */
  static final int MOST = 256;

  /** So many records are looked at before it is judged. */
  static final int JUDGED = 4096;

  /** So many records pass before it is tried again. */
  static final int PASSING = 64 * JUDGED;

  private static final int SLOTS = 2 * MOST;
  private static final int LEAST_RECORDS_EACH = 2;

  private final Windows<?, T, ?> windows;
  private int records;
  private int given;
  private int passing;

  private LocalAggregation(Windows<?, T, ?> windows) {
    this.windows = windows;
  }

  /** In front of a window stage; the function finds the channel to the task that owns a key. */
  public static <K, T, A> LocalAggregation<T> of(
      Stage.WindowStage<K, T, A, ?, ?> stage, ToIntFunction<K> channels) {
    return new LocalAggregation<>(new Windows<>(stage, channels));
  }

  /** Takes what leaves the task. */
  @FunctionalInterface
  public interface Target {
    /** A partial aggregate with its window's last millisecond goes to this channel. */
    void put(PartialAggregate<?, ?> partial, long lastMillisecond, int channel);
  }

  /** Whether it takes the next record; else that goes as it is. */
  public boolean takesNext() {
    if (passing == 0) {
      return true;
    }
    passing--;
    return false;
  }

  /** Takes a record; true if there is no room for another before it is drained. */
  public boolean add(T record, long timestamp) {
    records++;
    return windows.add(record, timestamp);
  }

  /** Gives away all it holds, in the order of their first records. */
  public void drain(Target target) {
    if (windows.size > 0) {
      given += windows.size;
      windows.drain(target);
      judge();
    }
  }

  private void judge() {
    if (records < JUDGED) {
      return;
    }
    if (records < LEAST_RECORDS_EACH * given) {
      passing = PASSING;
    }
    records = 0;
    given = 0;
  }

  /** The table, with the stage that it is in front of. */
  private static final class Windows<K, T, A> {
    private final String stage;
    private final KeySelector<T, K> selector;
    private final AggregateFunction<T, A, ?> aggregate;
    private final TumblingWindows sizes;
    private final ToIntFunction<K> channels;

    @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays know no type parameters.
    private final PartialAggregate<K, A>[] slots = new PartialAggregate[SLOTS];

    private final int[] used = new int[MOST];
    private int size;

    Windows(Stage.WindowStage<K, T, A, ?, ?> stage, ToIntFunction<K> channels) {
      this.stage = stage.name();
      this.selector = stage.keying().selector();
      this.aggregate = stage.aggregate();
      this.sizes = stage.windows();
      this.channels = channels;
    }

    boolean add(T record, long timestamp) {
      long last = sizes.startOf(timestamp) + sizes.sizeMillis() - 1;
      K key = UserCode.required(selector.key(record), stage, "key selector");
      PartialAggregate<K, A> partial = partial(RowMap.hash(last, key), last, key);
      try {
        A old = partial.records() == 0 ? aggregate.createAccumulator() : partial.accumulator();
        partial.set(UserCode.required(aggregate.add(record, old), stage, "aggregate function"));
      } catch (RuntimeException e) {
        throw UserCode.failed(e, stage, "aggregate function");
      }
      return size == MOST;
    }

    private PartialAggregate<K, A> partial(int hash, long last, K key) {
      int slot = hash & (SLOTS - 1);
      PartialAggregate<K, A> found = slots[slot];
      while (found != null && !found.isOf(hash, last, key)) {
        slot = (slot + 1) & (SLOTS - 1);
        found = slots[slot];
      }
      if (found == null) {
        found = new PartialAggregate<>(hash, last, key);
        slots[slot] = found;
        used[size++] = slot;
      }
      return found;
    }

    void drain(Target target) {
      for (int i = 0; i < size; i++) {
        PartialAggregate<K, A> partial = slots[used[i]];
        slots[used[i]] = null;
        target.put(partial, partial.lastMillisecond, channels.applyAsInt(partial.key()));
      }
      size = 0;
    }
  }
}
