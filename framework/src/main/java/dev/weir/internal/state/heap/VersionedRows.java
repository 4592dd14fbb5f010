package dev.weir.internal.state.heap;

import dev.weir.internal.base.Checks;
import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.key.LeastKeys;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowMap;
import dev.weir.internal.state.FileRows;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.job.ReadLevel;
import dev.weir.serde.TypeSerializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * A table without times and entries on the heap: each row is in one place, with its older versions
 * as long as a checkpoint or a reader needs them. So a look-up looks once, and what a completed
 * checkpoint leaves to do is to forget versions. A cut ends an epoch. Confined to the task's
 * thread.
 */
final class VersionedRows<K, V> implements LayeredBackend.Table<K, V> {
  /** So many rows are looked at for keys between two batches, and the rest of a key group. */
  private static final int PIECE = 1 << 14;

  private final TableDescriptor<K, V> descriptor;
  private final HeapBottomTable<K, V> rows;
  private final TypeSerializer<V> values;
  private final ExpectedRows<K, V> near;
  private final boolean isCopying;
  private final Deque<ChangedRows<K, V>> sinking = new ArrayDeque<>();
  private ChangedRows<K, V> changed;
  private int nextToSink;
  private int epoch;
  private int unsunk;
  private int undecided;

  VersionedRows(TableDescriptor<K, V> descriptor, HeapBottomTable<K, V> rows) {
    this.descriptor = descriptor;
    this.rows = rows;
    this.values = descriptor.valueSerializer();
    this.near = new ExpectedRows<>(rows);
    this.isCopying = !values.isImmutable();
  }

  @Override
  public TableDescriptor<K, V> descriptor() {
    return descriptor;
  }

  @Override
  public void restored() {
    begin(rows.lastEpoch() + 1);
  }

  private void begin(int next) {
    epoch = next;
    changed = new ChangedRows<>(next);
  }

  @Override
  public V get(long time, K key) {
    VersionedRow<K, V> row = near.find(key);
    return row == null ? null : ownValue(row);
  }

  @Override
  public void expect(CurrentKey<K> keys) {
    near.fetch(keys);
  }

  /** The key's value at the end of an epoch, the caller's own; null if there was none. */
  V at(int end, K key) {
    VersionedRow<K, V> row = near.find(key);
    return row == null ? null : owned(row.at(end));
  }

  /** The first keys that had values at the end of an epoch, of key groups with some rows. */
  KeyPage<K> keysAt(int end, KeyBounds bounds, int limit, int firstKeyGroup) {
    LeastKeys<K> least = new LeastKeys<>(descriptor.keySerializer(), bounds, limit);
    int looked = 0;
    for (Extent<K, V> group : rows.extents()) {
      if (looked >= PIECE) {
        return least.page(group.keyGroup());
      }
      if (group.keyGroup() >= firstKeyGroup) {
        looked += show(group, end, least);
      }
    }
    return least.page(KeyPage.LAST);
  }

  private static <K, V> int show(Extent<K, V> group, int end, LeastKeys<K> least) {
    int looked = 0;
    for (Row<K, V> row = group.first(); row != null; row = row.next()) {
      looked++;
      byte[] bytes = least.bytes(row.key());
      if (least.wants(bytes) && ((VersionedRow<K, V>) row).at(end) != null) {
        least.add(bytes, row.key());
      }
    }
    return looked;
  }

  /** The newest value, which the caller may change. */
  private V ownValue(VersionedRow<K, V> row) {
    return row.isOf(epoch) ? row.value() : owned(row.value());
  }

  private V owned(V value) {
    return isCopying && value != null ? values.copy(value) : value;
  }

  @Override
  public void put(long time, K key, V value) {
    checkHasNone(time);
    putInto(near.find(key), key, Objects.requireNonNull(value, "value"));
  }

  private void putInto(VersionedRow<K, V> row, K key, V value) {
    if (row == null) {
      add(key, value);
    } else {
      set(row, value);
    }
  }

  @Override
  public <T> void update(long time, K key, T given, Update<V, T> update) {
    checkHasNone(time);
    VersionedRow<K, V> row = near.find(key);
    V old = row == null ? null : ownValue(row);
    putInto(row, key, Objects.requireNonNull(update.apply(old, given), "updated value"));
  }

  private void checkHasNone(long time) {
    Checks.argument(time == 0, "Table %s has no times", descriptor.name());
  }

  private void add(K key, V value) {
    VersionedRow<K, V> row = rows.versioned(RowMap.hash(0, key), key, value, epoch);
    rows.layerOf(key).add(row);
    changed.add(row);
  }

  private void set(VersionedRow<K, V> row, V value) {
    if (row.isOf(epoch)) {
      row.replace(value);
    } else {
      row.add(value, epoch);
      changed.add(row);
    }
  }

  @Override
  public void remove(long time, K key) {
    checkHasNone(time);
    VersionedRow<K, V> row = near.find(key);
    if (row != null && row.value() != null) {
      set(row, null);
    }
  }

  @Override
  public long earliestTime() {
    try (RowCursor<K, V> live = rows.rows()) {
      return live.next() ? 0 : Long.MAX_VALUE;
    }
  }

  @Override
  public void drainUpTo(long bound, RowVisitor<K, V> visitor) throws Exception {
    while (bound >= 0 && earliestTime() == 0) {
      for (K key : liveKeys()) {
        V value = get(0, key);
        if (value != null) {
          remove(0, key);
          visitor.row(0, key, value);
        }
      }
    }
  }

  private List<K> liveKeys() {
    List<K> keys = new ArrayList<>();
    try (RowCursor<K, V> live = rows.rows()) {
      while (live.next()) {
        keys.add(live.key());
      }
    }
    return keys;
  }

  @Override
  public void removeAll(K key) {
    throw hasNoEntries();
  }

  @Override
  public Scan<K, V> scan(K from, byte[] end) {
    throw hasNoEntries();
  }

  UnsupportedOperationException hasNoEntries() {
    return new UnsupportedOperationException("Table " + descriptor.name() + " has no entries");
  }

  @Override
  public RowCursor<K, V> walk() {
    return rows.rows();
  }

  @Override
  public LayeredBackend.Cut freeze(int index) {
    ChangedRows<K, V> cut = changed;
    if (cut.size() > 0) {
      begin(epoch + 1);
      rows.lastEpoch(cut.epoch());
      unsunk++;
      undecided++;
    }
    return new VersionedCut<>(
        new FileRows.Place<>(index, descriptor), epoch - 1, cut, rows.extents(), this);
  }

  /** What was changed in an epoch belongs to a completed checkpoint, like all before. */
  void sink(ChangedRows<K, V> completed) {
    sinking.add(completed);
  }

  /** Whether nobody needs what was before an epoch any more, and it is forgotten. */
  boolean isSunk(ChangedRows<K, V> completed) {
    return !sinking.contains(completed);
  }

  @Override
  public boolean sinkSome(int most) {
    int left = most;
    while (left > 0 && !sinking.isEmpty()) {
      ChangedRows<K, V> first = sinking.peek();
      for (; left > 0 && nextToSink < first.size(); left--) {
        forget(first.get(nextToSink++), first.epoch());
      }
      if (nextToSink == first.size()) {
        sinking.remove();
        nextToSink = 0;
      }
    }
    return left < most;
  }

  private void forget(VersionedRow<K, V> row, int end) {
    if (row.isGone(end)) {
      rows.layerOf(row.key()).remove(row);
      near.forget();
    } else {
      row.forgetBefore(end);
    }
  }

  @Override
  public void sunk(LayeredBackend.Cut cut) {
    unsunk--;
  }

  @Override
  public void sinking() {}

  @Override
  public void undecided(int cuts) {
    undecided = cuts;
  }

  @Override
  public boolean isUnchanged() {
    return unsunk == 0 && !changed.hasChange();
  }

  /** None: all rows are in the one place. */
  @Override
  public long unsunkBytes() {
    return 0;
  }

  @Override
  public int dirtyRows() {
    return changed.size();
  }

  @Override
  public StateTable<K, V> view(ReadLevel level) {
    return new VersionedView<>(this, level == ReadLevel.LIVE ? epoch : epoch - 1 - undecided);
  }

  /** The rows of a key group, from the first to the last, as they were at a barrier. */
  record Extent<K, V>(int keyGroup, Row<K, V> first, Row<K, V> last) {}
}
