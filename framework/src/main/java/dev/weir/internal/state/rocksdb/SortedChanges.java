package dev.weir.internal.state.rocksdb;

import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The changes of a layer in the order of their bytes in RocksDB. First they are put to their key
 * groups, then each group is sorted by itself: so the bytes of few keys are in memory at a time,
 * and near. Where memory is far away it is looked at for some rows at once, so that the processor
 * waits for them together. One I/O thread, one use.
 */
final class SortedChanges<K, V> {
  private static final int TOGETHER = 64;

  private final TableDescriptor<K, V> descriptor;
  private final StateScope scope;
  private final List<List<Row<K, V>>> groups;
  private int count;

  SortedChanges(TableDescriptor<K, V> descriptor, StateScope scope, RowLayer<K, V> layer) {
    this.descriptor = descriptor;
    this.scope = scope;
    this.groups =
        IntStream.range(scope.firstKeyGroup(), scope.endKeyGroup())
            .<List<Row<K, V>>>mapToObj(group -> new ArrayList<>())
            .toList();
    KeyHash<K> hash = KeyHash.of(descriptor.keySerializer());
    layer.forEachChange(row -> add(row, hash));
  }

  private void add(Row<K, V> row, KeyHash<K> hash) {
    int group = KeyGroups.ofHash(hash.hash(row.key()), scope.maxParallelism());
    groups.get(group - scope.firstKeyGroup()).add(row);
    count++;
  }

  /** Number of changes. */
  int count() {
    return count;
  }

  /** Shows each change. */
  void forEach(Visitor<K, V> visitor) {
    RowKeys<K> keys = new RowKeys<>(descriptor, scope.maxParallelism());
    for (List<Row<K, V>> group : groups) {
      byte[][] bytes = new byte[group.size()][];
      for (int i = 0; i < bytes.length; i++) {
        if (i % TOGETHER == 0) {
          lookAtKeys(group.subList(i, Math.min(i + TOGETHER, bytes.length)));
        }
        Row<K, V> row = group.get(i);
        bytes[i] = keys.of(row.time(), row.key()).toByteArray();
      }
      forEach(group, bytes, visitor);
    }
  }

  /** Of keys that differ as objects but not as bytes the last one counts. */
  private static <K, V> void forEach(List<Row<K, V>> rows, byte[][] keys, Visitor<K, V> visitor) {
    int[] order = KeyOrder.of(keys);
    for (int i = 0; i < order.length; i++) {
      if (i % TOGETHER == 0) {
        int[] next = Arrays.copyOfRange(order, i, Math.min(i + TOGETHER, order.length));
        lookAtValues(next, rows);
        visitor.next(next, keys);
      }
      byte[] key = keys[order[i]];
      boolean isLast = i + 1 == order.length || !Arrays.equals(key, keys[order[i + 1]]);
      if (isLast) {
        visitor.change(key, rows.get(order[i]));
      }
    }
  }

  private static <K, V> void lookAtKeys(List<Row<K, V>> rows) {
    for (Row<K, V> row : rows) {
      Row.lookAt(row.key());
    }
  }

  private static <K, V> void lookAtValues(int[] places, List<Row<K, V>> rows) {
    for (int place : places) {
      Row.lookAt(rows.get(place).value());
    }
  }

  /** Sees changes. */
  @FunctionalInterface
  interface Visitor<K, V> {
    /** Told which of some keys come next, not all of which may be shown. */
    default void next(int[] places, byte[][] keys) {}

    /** Called once per change, with the key's bytes. */
    void change(byte[] key, Row<K, V> row);
  }
}
