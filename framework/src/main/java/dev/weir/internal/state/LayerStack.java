package dev.weir.internal.state;

import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.row.RowMap;
import java.io.IOException;
import java.util.List;

/**
 * A table as it was at a barrier: the layers above the bottom, none of which changes any more, and
 * the bottom, in which nothing sinks meanwhile. Written by an I/O thread.
 *
 * @param index the table's place in the backend
 * @param descriptor the table
 * @param layers newest first
 * @param isChanged whether the newest layer belongs to this barrier
 * @param bottom what is below them
 */
record LayerStack<K, V>(
    int index,
    TableDescriptor<K, V> descriptor,
    List<RowLayer<K, V>> layers,
    boolean isChanged,
    BottomTable<K, V> bottom)
    implements LayeredBackend.Cut {
  LayerStack {
    layers = List.copyOf(layers);
  }

  @Override
  public void writeAll(FileRows rows, int maxParallelism) throws IOException {
    FileRows.Place<K, V> place = new FileRows.Place<>(index, descriptor);
    KeyHash<K> hash = KeyHash.of(descriptor.keySerializer());
    for (int i = 0; i < layers.size(); i++) {
      int depth = i;
      layers
          .get(i)
          .forEachChange(
              row -> {
                if (isLive(depth, row)) {
                  int group = KeyGroups.ofHash(hash.hash(row.key()), maxParallelism);
                  rows.write(place, group, row.time(), row.key(), row.value());
                }
              });
    }
    try (RowCursor<K, V> cursor = bottom.rows()) {
      while (cursor.next()) {
        if (isBottomVisible(cursor)) {
          rows.writeRow(place, cursor);
        }
      }
    }
  }

  private boolean isBottomVisible(RowCursor<K, V> cursor) {
    if (layers.isEmpty()) {
      return true;
    }
    long time = cursor.time();
    K key = cursor.key();
    return !isHidden(layers.size(), RowMap.hash(time, key), time, key);
  }

  /** Whether one of the newest layers, this many, says something else about the row. */
  private boolean isHidden(int newest, int hash, long time, K key) {
    for (int i = 0; i < newest; i++) {
      RowLayer<K, V> layer = layers.get(i);
      Row<K, V> row = layer.find(hash, time, key);
      if (layer.hidesBelow(time, key) || (row != null && !row.isClean())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void writeChanges(FileRows rows, int maxParallelism) throws IOException {
    if (isChanged) {
      rows.writeChanges(new FileRows.Place<>(index, descriptor), layers.get(0), maxParallelism);
    }
  }

  @Override
  public boolean hasChanges() {
    return isChanged && layers.get(0).hasChanges();
  }

  @Override
  public boolean hasLiveRow() {
    for (int i = 0; i < layers.size(); i++) {
      int depth = i;
      if (layers.get(i).anyMatch(row -> isLive(depth, row))) {
        return true;
      }
    }
    try (RowCursor<K, V> cursor = bottom.rows()) {
      while (cursor.next()) {
        if (isBottomVisible(cursor)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isLive(int depth, Row<K, V> row) {
    return row.value() != null && !isHidden(depth, row.hash(), row.time(), row.key());
  }

  @Override
  public void addSinking(List<BottomStore.SinkingLayer<?, ?>> sinking) {
    if (isChanged) {
      sinking.add(new BottomStore.SinkingLayer<>(bottom, layers.get(0)));
    }
  }
}
