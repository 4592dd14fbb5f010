package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.serde.TypeSerializer;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a table: dirty, frozen (newest first), bottom. A row is as the uppermost layer says
 * that has it or hides it. Confined to the task's thread.
 *
 * <pre>
 *   dirty    frozen 0    ...    frozen n - 1    bottom
 *              |  undecided  |  completed, sinking
 * </pre>
 */
final class Layers<K, V> {
  private final TableDescriptor<K, V> descriptor;
  private final BottomTable<K, V> bottom;
  private final TypeSerializer<V> values;
  private final boolean isCopying;
  private final boolean isCopyingBottom;
  private final List<RowLayer<K, V>> frozen = new ArrayList<>();
  private RowLayer<K, V> dirty;
  private int undecided;
  private long version;
  private Drain<K, V> drain;

  Layers(TableDescriptor<K, V> descriptor, BottomTable<K, V> bottom) {
    this.descriptor = descriptor;
    this.bottom = bottom;
    this.values = descriptor.valueSerializer();
    this.isCopying = !values.isImmutable();
    this.isCopyingBottom = isCopying && bottom.sharesValues();
    this.dirty = newLayer(0);
  }

  /** Rows that a bottom of objects takes over go one by one; else a layer goes as a whole. */
  private RowLayer<K, V> newLayer(int expectedRows) {
    boolean hasEntries = descriptor.hasEntries();
    return bottom.sharesValues()
        ? RowLayer.linked(hasEntries, expectedRows)
        : RowLayer.numbered(hasEntries, expectedRows);
  }

  RowLayer<K, V> dirty() {
    return dirty;
  }

  /** Newest first, as they are now. */
  List<RowLayer<K, V>> frozen() {
    return frozen;
  }

  /** How many layers there are above the bottom. */
  int count() {
    return 1 + frozen.size();
  }

  /** One of them, newest first: 0 is the dirty one. */
  RowLayer<K, V> layer(int index) {
    return index == 0 ? dirty : frozen.get(index - 1);
  }

  BottomTable<K, V> bottom() {
    return bottom;
  }

  /** How keys are written. */
  TypeSerializer<K> keySerializer() {
    return descriptor.keySerializer();
  }

  /** The first of the layers that no completed checkpoint leaves out. */
  int firstCommitted() {
    return 1 + undecided;
  }

  /** Changes with the layers, and with what is in which. */
  long version() {
    return version;
  }

  /** The value below the dirty layer, the caller's own; null if there is none. */
  V below(int hash, long time, K key) {
    if (dirty.hidesBelow(time, key)) {
      return null;
    }
    for (int i = 0; i < frozen.size(); i++) {
      RowLayer<K, V> layer = frozen.get(i);
      Row<K, V> row = layer.find(hash, time, key);
      if (row != null) {
        return row.value() == null || isShownFrozen(time, key) ? null : owned(row.value());
      }
      if (layer.hidesBelow(time, key)) {
        return null;
      }
    }
    return isShownOfBottom(time, key) ? null : ownedOfBottom(bottom.get(hash, time, key));
  }

  /** Whether there is a row below the dirty layer. */
  boolean isLiveBelow(int hash, long time, K key) {
    if (dirty.hidesBelow(time, key)) {
      return false;
    }
    for (int i = 0; i < frozen.size(); i++) {
      RowLayer<K, V> layer = frozen.get(i);
      Row<K, V> row = layer.find(hash, time, key);
      if (row != null) {
        return row.value() != null && !isShownFrozen(time, key);
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

  /** What a drain has shown below the dirty layer counts as removed while it goes on. */
  void drain(Drain<K, V> work) throws Exception {
    drain = work;
    work.run();
    drain = null;
  }

  boolean isDraining() {
    return drain != null;
  }

  /** Whether the dirty layer or one of the newest frozen layers, this many, has the row. */
  boolean isAbove(int newest, int hash, long time, K key) {
    boolean isAbove = dirty.find(hash, time, key) != null;
    for (int i = 0; i < newest && !isAbove; i++) {
      isAbove = frozen.get(i).find(hash, time, key) != null;
    }
    return isAbove;
  }

  /** A value of a frozen layer that the caller may change. */
  V owned(V value) {
    return isCopying ? values.copy(value) : value;
  }

  /** A value of the bottom that the caller may change; null stays null. */
  V ownedOfBottom(V value) {
    return value != null && isCopyingBottom ? values.copy(value) : value;
  }

  /** Walks, since tables without times are not counted: nobody asks them on a hot path. */
  boolean hasUntimedRow() {
    List<RowLayer<K, V>> layers = new ArrayList<>(frozen);
    layers.add(0, dirty);
    return new LayerStack<>(0, descriptor, layers, false, bottom).hasLiveRow();
  }

  /** Cuts the table: what is dirty is frozen, and the next changes go to a new layer. */
  LayerStack<K, V> freeze(int index) {
    boolean isChanged = !dirty.isUntouched();
    if (isChanged) {
      frozen.add(0, dirty);
      dirty = newLayer(dirty.size());
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

  /** Forgets a frozen layer, the oldest one, that the bottom has. */
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

  /** Number of rows above the bottom, those that are several times there counted so. */
  long rows() {
    long rows = dirty.size();
    for (int i = 0; i < frozen.size(); i++) {
      rows += frozen.get(i).size();
    }
    return rows;
  }
}
