package dev.weir.internal.state.rocksdb;

import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.state.Row;
import dev.weir.internal.state.RowLayer;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The changes of a layer in the order of their bytes in RocksDB. First they are put to their key
 * groups, then each group is sorted by itself: so the bytes of few keys are in memory at a time,
 * and near. One I/O thread, one use.
 */
final class SortedChanges<K, V> {
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
      List<Change<K, V>> changes = new ArrayList<>(group.size());
      for (Row<K, V> row : group) {
        changes.add(new Change<>(keys.of(row.time(), row.key()).toByteArray(), row));
      }
      Collections.sort(changes);
      forEach(changes, visitor);
    }
  }

  /** Of keys that differ as objects but not as bytes the last one counts. */
  private static <K, V> void forEach(List<Change<K, V>> changes, Visitor<K, V> visitor) {
    for (int i = 0; i < changes.size(); i++) {
      byte[] key = changes.get(i).key;
      boolean isLast = i + 1 == changes.size() || !Arrays.equals(key, changes.get(i + 1).key);
      if (isLast) {
        visitor.change(key, changes.get(i).row);
      }
    }
  }

  /** Sees changes. */
  @FunctionalInterface
  interface Visitor<K, V> {
    /** Called once per change, with the key's bytes. */
    void change(byte[] key, Row<K, V> row);
  }

  /**
   * A change and its key's bytes, ordered by these. The first ones behind the key group, which all
   * have in common, are a number beside it: comparing two of these touches no array.
   */
  private static final class Change<K, V> implements Comparable<Change<K, V>> {
    private final byte[] key;
    private final Row<K, V> row;
    private final long begin;

    Change(byte[] key, Row<K, V> row) {
      this.key = key;
      this.row = row;
      this.begin = begin(key);
    }

    /** Bytes that are not there count as zeros, which come first as they do. */
    private static long begin(byte[] key) {
      long begin = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        int at = Short.BYTES + i;
        begin = begin << Byte.SIZE | (at < key.length ? key[at] & 0xFF : 0);
      }
      return begin;
    }

    @Override
    public int compareTo(Change<K, V> other) {
      int order = Long.compareUnsigned(begin, other.begin);
      return order == 0 ? Arrays.compareUnsigned(key, other.key) : order;
    }
  }
}
