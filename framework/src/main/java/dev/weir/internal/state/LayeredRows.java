package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.base.WrittenSize;
import dev.weir.internal.key.CurrentKey;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.row.RowMap;
import dev.weir.job.ReadLevel;
import java.util.Objects;

/**
 * A table over its layers. The fast path is a row that is dirty already: one look-up, no new
 * object. So rows that were only read come into the dirty layer as well, marked clean, and are
 * forgotten with it. Values are copied on their way there, unless they are immutable, so that
 * nothing below it ever changes. Confined to the task's thread.
 */
final class LayeredRows<K, V> implements LayeredBackend.Table<K, V> {
  private static final long MOST_CLEAN_BYTES = 16L << 20;
  private static final int OF_ROW_AND_KEY = 96;
  private static final int OF_ENTRY = 96;

  private final TableDescriptor<K, V> descriptor;
  private final Layers<K, V> layers;
  private final boolean isTimed;
  private final boolean isKeeping;
  private final int maxParallelism;
  private final KeyHash<K> keyHash;
  private final TimeIndex times = new TimeIndex();
  private final WrittenSize<V> valueSize;
  private RowLayer<K, V> dirty;

  LayeredRows(TableDescriptor<K, V> descriptor, BottomTable<K, V> bottom, int maxParallelism) {
    this.descriptor = descriptor;
    this.layers = new Layers<>(descriptor, bottom);
    this.isTimed = descriptor.isTimed();
    this.isKeeping = !descriptor.valueSerializer().isImmutable() || !bottom.sharesValues();
    this.maxParallelism = maxParallelism;
    this.valueSize = new WrittenSize<>(descriptor.name(), descriptor.valueSerializer());
    this.keyHash = KeyHash.of(descriptor.keySerializer());
    this.dirty = layers.dirty();
  }

  @Override
  public V get(long time, K key) {
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    return row == null ? read(hash, time, key) : row.value();
  }

  /** Rows with times are asked for by other times. */
  @Override
  public void expect(CurrentKey<K> keys) {
    if (!isTimed) {
      ExpectedLayers.fetch(layers, keys.expected());
    }
  }

  /** Keeps what was dear to read or to copy: whoever reads it again before the barrier has it. */
  private V read(int hash, long time, K key) {
    V value = layers.below(hash, time, key);
    if (isKeeping && value != null && dirty.cleanRows() * bytesPerRow() < MOST_CLEAN_BYTES) {
      valueSize.sample(value);
      dirty.addClean(new Row<>(hash, time, key, value, true));
    }
    return value;
  }

  @Override
  public void put(long time, K key, V value) {
    Objects.requireNonNull(value, "value");
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    if (row == null) {
      boolean isBelow = !isTimed || layers.isLiveBelow(hash, time, key);
      add(new Row<>(hash, checked(time), key, value, isBelow), isBelow);
    } else {
      set(row, row.value(), value);
    }
  }

  @Override
  public <T> void update(long time, K key, T given, Update<V, T> update) {
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    if (row == null) {
      V old = layers.below(hash, time, key);
      V value = Objects.requireNonNull(update.apply(old, given), "updated value");
      add(new Row<>(hash, checked(time), key, value, old != null), old != null);
    } else {
      V old = row.value();
      set(row, old, Objects.requireNonNull(update.apply(old, given), "updated value"));
    }
  }

  private long checked(long time) {
    Checks.argument(isTimed || time == 0, "Table %s has no times", descriptor.name());
    return time;
  }

  private void add(Row<K, V> row, boolean isKnown) {
    dirty.add(row);
    valueSize.sample(row.value());
    if (isTimed && !isKnown) {
      times.add(row.time());
    }
  }

  private void set(Row<K, V> row, V old, V value) {
    dirty.set(row, value);
    valueSize.sample(value);
    if (old == null && isTimed) {
      times.add(row.time());
    }
  }

  @Override
  public void remove(long time, K key) {
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    if (row == null) {
      if (!isTimed || layers.isLiveBelow(hash, time, key)) {
        dirty.add(new Row<>(hash, checked(time), key, null, true));
        rowGone(time);
      }
    } else if (row.value() != null) {
      dirty.set(row, null);
      rowGone(time);
    }
  }

  private void rowGone(long time) {
    if (isTimed) {
      times.remove(time);
    }
  }

  @Override
  public long earliestTime() {
    if (isTimed) {
      return times.earliest();
    }
    return layers.hasUntimedRow() ? 0 : Long.MAX_VALUE;
  }

  @Override
  public void removeAll(K key) {
    dirty.clearOwner(EntryKey.sibling(key, new byte[0]));
  }

  @Override
  public Scan<K, V> scan(K from, byte[] end) {
    return EntryScan.of(layers, from, end);
  }

  @Override
  public StateTable<K, V> view(ReadLevel level) {
    return new LayeredView<>(layers, level == ReadLevel.LIVE ? 0 : layers.firstCommitted());
  }

  @Override
  public RowCursor<K, V> walk() {
    return layers.bottom().rows();
  }

  @Override
  public void drainUpTo(long bound, RowVisitor<K, V> visitor) throws Exception {
    Checks.state(!layers.isDraining(), "Table %s is being drained already", descriptor.name());
    Checks.state(!descriptor.hasEntries(), "Table %s cannot be drained", descriptor.name());
    while (hasRowUpTo(bound)) {
      long time = isTimed ? times.earliest() : 0;
      layers.drain(new Drain<>(layers, time, this::keyGroup, shown(visitor)));
    }
  }

  private boolean hasRowUpTo(long bound) {
    return isTimed
        ? !times.isEmpty() && times.earliest() <= bound
        : bound >= 0 && layers.hasUntimedRow();
  }

  /** A row that is shown is there no more. */
  private RowVisitor<K, V> shown(RowVisitor<K, V> visitor) {
    return (time, key, value) -> {
      rowGone(time);
      visitor.row(time, key, value);
    };
  }

  private int keyGroup(K key) {
    return KeyGroups.ofHash(keyHash.hash(key), maxParallelism);
  }

  @Override
  public void restored() {
    if (isTimed) {
      layers.bottom().countTimes(times::add);
    }
  }

  @Override
  public LayeredBackend.Cut freeze(int index) {
    LayerStack<K, V> stack = layers.freeze(index);
    dirty = layers.dirty();
    return stack;
  }

  @Override
  public void undecided(int cuts) {
    layers.undecided(cuts);
  }

  @Override
  public void sinking() {
    layers.sinking();
  }

  @Override
  public void sunk(LayeredBackend.Cut cut) {
    layers.sunk(((LayerStack<?, ?>) cut).layers().get(0));
  }

  @Override
  public boolean isUnchanged() {
    return layers.isUnchanged();
  }

  @Override
  public int dirtyRows() {
    return dirty.size();
  }

  @Override
  public TableDescriptor<K, V> descriptor() {
    return descriptor;
  }

  @Override
  public long unsunkBytes() {
    return layers.rows() * bytesPerRow();
  }

  /** Objects take about twice the bytes that they are written in. */
  private long bytesPerRow() {
    int ownBytes = descriptor.hasEntries() ? OF_ROW_AND_KEY + OF_ENTRY : OF_ROW_AND_KEY;
    return ownBytes + 2 * valueSize.estimate();
  }
}
