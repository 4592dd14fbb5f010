package dev.weir.internal.state;

import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.row.RowMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Shows and removes the rows of one time, from the bottom up. Rows below the dirty layer are not
 * removed one by one: at the end the dirty layer clears everything below up to this time, and until
 * then this remembers what was shown. Confined to the task's thread.
 */
final class Drain<K, V> {
  private final Layers<K, V> layers;
  private final long time;
  private final ToIntFunction<K> keyGroups;
  private final StateTable.RowVisitor<K, V> visitor;
  private final ShownKeys<K> shownOfBottom = new ShownKeys<>();
  private final ShownKeys<K> shownOfFrozen = new ShownKeys<>();
  private int bottomGroup;
  private boolean hasShownBelow;

  Drain(
      Layers<K, V> layers,
      long time,
      ToIntFunction<K> keyGroups,
      StateTable.RowVisitor<K, V> visitor) {
    this.layers = layers;
    this.time = time;
    this.keyGroups = keyGroups;
    this.visitor = visitor;
  }

  void run() throws Exception {
    RowLayer<K, V> dirty = layers.dirty();
    List<RowLayer<K, V>> frozen = layers.frozen();
    int visible = visibleLayers(dirty, frozen);
    if (visible == frozen.size() && !dirty.hidesBelow(time) && !hidesBottom(frozen)) {
      showBottom();
    }
    for (int i = visible - 1; i >= 0; i--) {
      showFrozen(frozen.get(i), i);
    }
    boolean hasShown;
    do { // Once more: the visitor may have set rows that were shown before.
      hasShown = showDirty(dirty);
    } while (hasShown);
    if (dirty.dropTime(time) || hasShownBelow) {
      dirty.clearBelow(time);
    }
  }

  /** How many of the frozen layers, from the newest, are not hidden from above. */
  private int visibleLayers(RowLayer<K, V> dirty, List<RowLayer<K, V>> frozen) {
    if (dirty.hidesBelow(time)) {
      return 0;
    }
    int visible = 0;
    while (visible < frozen.size() && (visible == 0 || !frozen.get(visible - 1).hidesBelow(time))) {
      visible++;
    }
    return visible;
  }

  private boolean hidesBottom(List<RowLayer<K, V>> frozen) {
    return !frozen.isEmpty() && frozen.get(frozen.size() - 1).hidesBelow(time);
  }

  private void showBottom() throws Exception {
    boolean isGrouped = layers.bottom().isGrouped();
    try (RowCursor<K, V> rows = layers.bottom().rowsAt(time)) {
      while (rows.next()) {
        if (isGrouped && rows.keyGroup() != bottomGroup) {
          bottomGroup = rows.keyGroup();
          shownOfBottom.forget();
        }
        K key = rows.key();
        if (!layers.isAbove(layers.frozen().size(), RowMap.hash(time, key), time, key)) {
          shownOfBottom.add(key);
          showBelow(key, layers.ownedOfBottom(rows.value()));
        }
      }
    }
  }

  private void showFrozen(RowLayer<K, V> layer, int depth) throws Exception {
    for (Row<K, V> row = layer.firstOf(time); row != null; row = row.next()) {
      if (row.value() != null && !layers.isAbove(depth, row.hash(), time, row.key())) {
        shownOfFrozen.add(row.key());
        showBelow(row.key(), layers.owned(row.value()));
      }
    }
  }

  private void showBelow(K key, V value) throws Exception {
    hasShownBelow = true;
    visitor.row(time, key, value);
  }

  private boolean showDirty(RowLayer<K, V> dirty) throws Exception {
    boolean hasShown = false;
    for (Row<K, V> row = dirty.firstOf(time); row != null; row = row.next()) {
      V value = row.value();
      if (value != null) {
        hasShown = true;
        dirty.set(row, null);
        visitor.row(time, row.key(), value);
      }
    }
    return hasShown;
  }

  /** Whether the frozen row of this key was shown. */
  boolean hasShownFrozen(long rowTime, K key) {
    return rowTime == time && shownOfFrozen.contains(key);
  }

  /** Whether the bottom's row of this key was shown. */
  boolean hasShownOfBottom(long rowTime, K key) {
    if (rowTime != time) {
      return false;
    }
    boolean isGroupDone = layers.bottom().isGrouped() && keyGroups.applyAsInt(key) < bottomGroup;
    return isGroupDone || shownOfBottom.contains(key);
  }

  /**
   * The keys of one time that a drain has shown already. They are looked up only if a visitor
   * touches the very time being drained, so they are indexed when first asked for. Confined to the
   * task's thread.
   */
  private static final class ShownKeys<K> {
    private final List<K> shown = new ArrayList<>();
    private final Set<K> indexed = new HashSet<>();
    private int indexedUpTo;

    void add(K key) {
      shown.add(key);
    }

    void forget() {
      shown.clear();
      indexed.clear();
      indexedUpTo = 0;
    }

    boolean contains(K key) {
      while (indexedUpTo < shown.size()) {
        indexed.add(shown.get(indexedUpTo++));
      }
      return indexed.contains(key);
    }
  }
}
