package dev.weir.internal.state;

import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.key.LeastKeys;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.row.RowMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;

/**
 * A table as those who only look see it: the layers from one on, and the bottom. What it gives is
 * the caller's own, what is written is forgotten. Valid as long as the layers are the same.
 * Confined to the task's thread.
 */
final class LayeredView<K, V> implements StateTable.ToLookAt<K, V> {
  private final Layers<K, V> layers;
  private final int newest;

  /** From one of the layers on; 0 is the dirty one. */
  LayeredView(Layers<K, V> layers, int newest) {
    this.layers = layers;
    this.newest = newest;
  }

  @Override
  public V get(long time, K key) {
    int hash = RowMap.hash(time, key);
    for (int i = newest; i < layers.count(); i++) {
      RowLayer<K, V> layer = layers.layer(i);
      Row<K, V> row = layer.find(hash, time, key);
      if (row != null) {
        return row.value() == null ? null : layers.owned(row.value());
      }
      if (layer.hidesBelow(time, key)) {
        return null;
      }
    }
    return layers.ownedOfBottom(layers.bottom().get(hash, time, key));
  }

  @Override
  public List<Long> times(K key) {
    TreeSet<Long> times = new TreeSet<>(layers.bottom().timesOf(key));
    for (int i = newest; i < layers.count(); i++) {
      times.addAll(layers.layer(i).times());
    }
    return List.copyOf(times);
  }

  /**
   * Rows of layers lie in no order, so all of them are looked at; those of the bottom in theirs.
   */
  @Override
  public KeyPage<K> keys(KeyBounds bounds, int limit, int firstKeyGroup) {
    LeastKeys<K> least = new LeastKeys<>(layers.keySerializer(), bounds, limit);
    NavigableMap<byte[], Row<K, V>> above = LeastKeys.inOrder();
    boolean isHidden = false;
    for (int i = newest; i < layers.count() && !isHidden; i++) {
      RowLayer<K, V> layer = layers.layer(i);
      for (Row<K, V> row = layer.firstOf(0); row != null; row = row.next()) {
        byte[] bytes = least.bytes(row.key());
        if (bounds.holds(bytes)) {
          above.putIfAbsent(bytes, row);
        }
      }
      isHidden = layer.hidesBelow(0);
    }
    above.forEach(
        (bytes, row) -> {
          if (row.value() != null && least.wants(bytes)) {
            least.add(bytes, row.key());
          }
        });
    if (!isHidden) {
      layers.bottom().showKeys(least, above::containsKey);
    }
    return least.page(KeyPage.LAST);
  }

  @Override
  public Scan<K, V> scan(K from, byte[] end) {
    return EntryScan.ofView(layers, newest, from, end);
  }
}
