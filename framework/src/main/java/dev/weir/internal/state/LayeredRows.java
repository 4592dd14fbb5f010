package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.base.WrittenSize;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.job.ReadLevel;
import dev.weir.serde.TypeSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table over its layers: dirty, frozen (newest first), bottom. The fast path is a row that is
 * dirty already: one look-up, no new object. So rows that were only read come in as well, marked
 * clean, and are forgotten with their layer. Values are copied on their way into the dirty layer,
 * unless they are immutable, so that nothing below it ever changes. Confined to the task's thread.
 */
final class LayeredRows<K, V> implements StateTable<K, V> {
  private static final long MOST_CLEAN_BYTES = 16L << 20;
  private static final int OF_ROW_AND_KEY = 96;
  private static final int OF_ENTRY = 96;

  private final TableDescriptor<K, V> descriptor;
  private final BottomTable<K, V> bottom;
  private final TypeSerializer<V> values;
  private final boolean isTimed;
  private final boolean isCopying;
  private final boolean isKeeping;
  private final int maxParallelism;
  private final KeyHash<K> keyHash;
  private final TimeIndex times = new TimeIndex();
  private final List<RowLayer<K, V>> frozen = new ArrayList<>();
  private RowLayer<K, V> dirty;
  private int undecided;
  private long version;
  private Drain<K, V> drain;
  private final WrittenSize<V> valueSize;

  LayeredRows(TableDescriptor<K, V> descriptor, BottomTable<K, V> bottom, int maxParallelism) {
    this.descriptor = descriptor;
    this.bottom = bottom;
    this.values = descriptor.valueSerializer();
    this.isTimed = descriptor.isTimed();
    this.isCopying = !values.isImmutable();
    this.isKeeping = isCopying || !bottom.sharesValues();
    this.maxParallelism = maxParallelism;
    this.valueSize = new WrittenSize<>(descriptor.name(), values);
    this.keyHash = KeyHash.of(descriptor.keySerializer());
    this.dirty = new RowLayer<>(descriptor.hasEntries());
  }

  @Override
  public V get(long time, K key) {
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    return row == null ? read(hash, time, key) : row.value;
  }

  /** Keeps what was dear to read or to copy: whoever reads it again before the barrier has it. */
  private V read(int hash, long time, K key) {
    V value = below(hash, time, key);
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
      boolean isBelow = !isTimed || isLiveBelow(hash, time, key);
      add(new Row<>(hash, checked(time), key, value, isBelow), isBelow);
    } else {
      set(row, row.value, value);
    }
  }

  @Override
  public void update(long time, K key, Update<V> update) {
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    if (row == null) {
      V old = below(hash, time, key);
      V value = Objects.requireNonNull(update.apply(old), "updated value");
      add(new Row<>(hash, checked(time), key, value, old != null), old != null);
    } else {
      V old = row.value;
      set(row, old, Objects.requireNonNull(update.apply(old), "updated value"));
    }
  }

  private long checked(long time) {
    Checks.argument(isTimed || time == 0, "Table %s has no times", descriptor.name());
    return time;
  }

  private void add(Row<K, V> row, boolean isKnown) {
    dirty.add(row);
    valueSize.sample(row.value);
    if (isTimed && !isKnown) {
      times.add(row.time);
    }
  }

  private void set(Row<K, V> row, V old, V value) {
    row.value = value;
    dirty.touch(row);
    valueSize.sample(value);
    if (old == null && isTimed) {
      times.add(row.time);
    }
  }

  @Override
  public void remove(long time, K key) {
    int hash = RowMap.hash(time, key);
    Row<K, V> row = dirty.find(hash, time, key);
    if (row == null) {
      if (!isTimed || isLiveBelow(hash, time, key)) {
        dirty.add(new Row<>(hash, checked(time), key, null, true));
        rowGone(time);
      }
    } else if (row.value != null) {
      row.value = null;
      dirty.touch(row);
      rowGone(time);
    }
  }

  /** The value below the dirty layer, the caller's own; null if there is none. */
  private V below(int hash, long time, K key) {
    if (dirty.hidesBelow(time, key)) {
      return null;
    }
    for (int i = 0; i < frozen.size(); i++) {
      RowLayer<K, V> layer = frozen.get(i);
      Row<K, V> row = layer.find(hash, time, key);
      if (row != null) {
        return row.value == null || isShownFrozen(time, key) ? null : owned(row.value);
      }
      if (layer.hidesBelow(time, key)) {
        return null;
      }
    }
    return isShownOfBottom(time, key) ? null : ownedOfBottom(bottom.get(hash, time, key));
  }

  private boolean isLiveBelow(int hash, long time, K key) {
    if (dirty.hidesBelow(time, key)) {
      return false;
    }
    for (int i = 0; i < frozen.size(); i++) {
      RowLayer<K, V> layer = frozen.get(i);
      Row<K, V> row = layer.find(hash, time, key);
      if (row != null) {
        return row.value != null && !isShownFrozen(time, key);
      }
      if (layer.hidesBelow(time, key)) {
        return false;
      }
    }
    return !isShownOfBottom(time, key) && bottom.contains(hash, time, key);
  }

  private boolean isShownFrozen(long time, K key) {
    return drain != null && drain.hasShownFrozen(time, key);
  }

  private boolean isShownOfBottom(long time, K key) {
    return drain != null && drain.hasShownOfBottom(time, key);
  }

  /** A value of a frozen layer that the caller may change. */
  V owned(V value) {
    return isCopying ? values.copy(value) : value;
  }

  /** A value of the bottom that the caller may change; null stays null. */
  V ownedOfBottom(V value) {
    return value != null && isCopying && bottom.sharesValues() ? values.copy(value) : value;
  }

  @Override
  public long earliestTime() {
    if (isTimed) {
      return times.earliest();
    }
    return hasUntimedRow() ? 0 : Long.MAX_VALUE;
  }

  /** Walks, since tables without times are not counted: nobody asks them on a hot path. */
  private boolean hasUntimedRow() {
    List<RowLayer<K, V>> layers = new ArrayList<>(frozen);
    layers.add(0, dirty);
    return new LayerStack<>(0, descriptor, layers, false, bottom).hasLiveRow();
  }

  @Override
  public void removeAll(K key) {
    dirty.clearOwner(EntryKey.sibling(key, new byte[0]));
  }

  @Override
  public Scan<K, V> scan(K from, byte[] end) {
    return EntryScan.of(this, from, end);
  }

  /** The table for those who only look, as it is now. */
  StateTable<K, V> view(ReadLevel level) {
    return new View(level == ReadLevel.LIVE ? 0 : 1 + undecided);
  }

  @Override
  public RowCursor<K, V> walk() {
    return bottom.rows();
  }

  @Override
  public void drainUpTo(long bound, RowVisitor<K, V> visitor) throws Exception {
    Checks.state(drain == null, "Table %s is being drained already", descriptor.name());
    Checks.state(!descriptor.hasEntries(), "Table %s cannot be drained", descriptor.name());
    while (hasRowUpTo(bound)) {
      drain = new Drain<>(this, isTimed ? times.earliest() : 0, visitor);
      drain.run();
      drain = null;
    }
  }

  private boolean hasRowUpTo(long bound) {
    return isTimed ? !times.isEmpty() && times.earliest() <= bound : bound >= 0 && hasUntimedRow();
  }

  /** Counts what was restored. */
  void restored() {
    if (isTimed) {
      bottom.countTimes(times::add);
    }
  }

  /** Cuts the table: what is dirty is frozen, and the next changes go to a new layer. */
  LayerStack<K, V> freeze(int index) {
    boolean isChanged = !dirty.isUntouched();
    if (isChanged) {
      frozen.add(0, dirty);
      dirty = new RowLayer<>(descriptor.hasEntries(), dirty.size());
      undecided++;
    }
    version++;
    return new LayerStack<>(index, descriptor, frozen, isChanged, bottom);
  }

  /** Learns how many of the newest frozen layers belong to checkpoints that are not completed. */
  void undecided(int layers) {
    undecided = layers;
  }

  /** Tells that rows have moved from a frozen layer to the bottom. */
  void sinking() {
    version++;
  }

  /** Forgets a frozen layer that the bottom has. */
  void sunk(RowLayer<?, ?> layer) {
    version++;
    Checks.state(
        frozen.remove(frozen.size() - 1) == layer,
        "Layers of table %s must sink oldest first",
        descriptor.name());
  }

  /** Whether the bottom has it all. */
  boolean isUnchanged() {
    return frozen.isEmpty() && !dirty.hasChanges();
  }

  /** Changes with the layers, and with what is in which. */
  long version() {
    return version;
  }

  /** An estimate of what the rows above the bottom take of the heap. */
  long unsunkBytes() {
    long rows = dirty.size();
    for (int i = 0; i < frozen.size(); i++) {
      rows += frozen.get(i).size();
    }
    return rows * bytesPerRow();
  }

  /** Objects take about twice the bytes that they are written in. */
  private long bytesPerRow() {
    int ownBytes = descriptor.hasEntries() ? OF_ROW_AND_KEY + OF_ENTRY : OF_ROW_AND_KEY;
    return ownBytes + 2 * valueSize.estimate();
  }

  TableDescriptor<K, V> descriptor() {
    return descriptor;
  }

  RowLayer<K, V> dirty() {
    return dirty;
  }

  List<RowLayer<K, V>> frozen() {
    return frozen;
  }

  /** How many layers there are above the bottom. */
  int layers() {
    return 1 + frozen.size();
  }

  /** One of them, newest first: 0 is the dirty one. */
  RowLayer<K, V> layer(int index) {
    return index == 0 ? dirty : frozen.get(index - 1);
  }

  BottomTable<K, V> bottom() {
    return bottom;
  }

  int keyGroup(K key) {
    return KeyGroups.ofHash(keyHash.hash(key), maxParallelism);
  }

  /** Whether the dirty layer or one of the newest frozen layers, this many, has the row. */
  boolean isAbove(int newest, int hash, long time, K key) {
    boolean isAbove = dirty.find(hash, time, key) != null;
    for (int i = 0; i < newest && !isAbove; i++) {
      isAbove = frozen.get(i).find(hash, time, key) != null;
    }
    return isAbove;
  }

  void rowGone(long time) {
    if (isTimed) {
      times.remove(time);
    }
  }

  /**
   * The table as those who only look see it: the layers from one on, and the bottom. What it gives
   * is the caller's own, what is written is forgotten. Valid as long as the layers are the same.
   */
  private final class View implements StateTable<K, V> {
    private final int newest;

    /** From one of the layers on; 0 is the dirty one. */
    View(int newest) {
      this.newest = newest;
    }

    @Override
    public V get(long time, K key) {
      int hash = RowMap.hash(time, key);
      for (int i = newest; i < layers(); i++) {
        RowLayer<K, V> layer = layer(i);
        Row<K, V> row = layer.find(hash, time, key);
        if (row != null) {
          return row.value == null ? null : owned(row.value);
        }
        if (layer.hidesBelow(time, key)) {
          return null;
        }
      }
      return ownedOfBottom(bottom.get(hash, time, key));
    }

    @Override
    public Scan<K, V> scan(K from, byte[] end) {
      return EntryScan.ofView(LayeredRows.this, newest, from, end);
    }

    @Override
    public void put(long time, K key, V value) {}

    @Override
    public void remove(long time, K key) {}

    @Override
    public void update(long time, K key, Update<V> update) {}

    @Override
    public void removeAll(K key) {}

    @Override
    public long earliestTime() {
      throw new UnsupportedOperationException("Who only looks asks for keys");
    }

    @Override
    public void drainUpTo(long bound, RowVisitor<K, V> visitor) {
      throw new UnsupportedOperationException("Who only looks drains nothing");
    }

    @Override
    public RowCursor<K, V> walk() {
      throw new UnsupportedOperationException("Who only looks removes nothing");
    }
  }
}
