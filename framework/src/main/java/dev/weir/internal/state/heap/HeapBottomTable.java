package dev.weir.internal.state.heap;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.row.RowMap;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lowest layer of a table as live objects, a layer for each key group, so that key groups go
 * from task to task as they are. Takes over the rows that sink instead of copying.
 */
final class HeapBottomTable<K, V> implements BottomTable<K, V>, RowLayer.Lower<K, V> {
  private final TableDescriptor<K, V> descriptor;
  private final StateScope scope;
  private final KeyHash<K> keyHash;
  private final List<RowLayer<K, V>> groups;
  private final boolean isVersioned;
  private final Optional<Packing<V>> packing;
  private int lowestToClear;
  private int lastEpoch;

  HeapBottomTable(TableDescriptor<K, V> descriptor, StateScope scope) {
    this.descriptor = descriptor;
    this.scope = scope;
    this.keyHash = KeyHash.of(descriptor.keySerializer());
    this.isVersioned = !descriptor.isTimed() && !descriptor.hasEntries();
    this.packing = Packing.of(descriptor.valueSerializer());
    this.groups =
        new ArrayList<>(Collections.nCopies(scope.endKeyGroup() - scope.firstKeyGroup(), null));
  }

  TableDescriptor<K, V> descriptor() {
    return descriptor;
  }

  /**
   * Rows without times and entries keep their versions themselves, all others have layers above.
   */
  @Override
  public LayeredBackend.Table<K, V> forTask(TableDescriptor<K, V> table, int maxParallelism) {
    return isVersioned
        ? new VersionedRows<>(table, this)
        : BottomTable.super.forTask(table, maxParallelism);
  }

  /** The newest epoch that has ended, of those whose versions rows may have. */
  int lastEpoch() {
    return lastEpoch;
  }

  void lastEpoch(int ended) {
    lastEpoch = ended;
  }

  /** Where the rows of all key groups are, as it is now. */
  List<VersionedRows.Extent<K, V>> extents() {
    List<VersionedRows.Extent<K, V>> extents = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      RowLayer<K, V> layer = groups.get(i);
      if (layer != null && layer.firstOf(0) != null) {
        int keyGroup = scope.firstKeyGroup() + i;
        extents.add(new VersionedRows.Extent<>(keyGroup, layer.firstOf(0), layer.lastOf(0)));
      }
    }
    return extents;
  }

  /** Takes the rows of this table's key groups from one whose task has ended. */
  void takeFrom(HeapBottomTable<K, V> ended) {
    int first = Math.max(scope.firstKeyGroup(), ended.scope.firstKeyGroup());
    int end = Math.min(scope.endKeyGroup(), ended.scope.endKeyGroup());
    for (int group = first; group < end; group++) {
      groups.set(group - scope.firstKeyGroup(), ended.groups.get(ended.indexOf(group)));
      ended.groups.set(ended.indexOf(group), null);
    }
    lastEpoch = Math.max(lastEpoch, ended.lastEpoch);
  }

  private int indexOf(int keyGroup) {
    return keyGroup - scope.firstKeyGroup();
  }

  private int groupOf(K key) {
    return KeyGroups.ofHash(keyHash.hash(key), scope.maxParallelism());
  }

  @Override
  public RowLayer<K, V> layerOf(K key) {
    return layerOf(groupOf(key));
  }

  private RowLayer<K, V> layerOf(int keyGroup) {
    RowLayer<K, V> layer = groups.get(indexOf(keyGroup));
    if (layer == null) {
      layer = RowLayer.linked(descriptor.hasEntries(), 0);
      groups.set(indexOf(keyGroup), layer);
    }
    return layer;
  }

  @Override
  public boolean removeFirstUpTo(long bound) {
    for (; lowestToClear < groups.size(); lowestToClear++) {
      RowLayer<K, V> layer = groups.get(lowestToClear);
      if (layer != null && layer.removeFirstUpTo(bound)) {
        return true;
      }
    }
    lowestToClear = 0;
    return false;
  }

  @Override
  public boolean sharesValues() {
    return true;
  }

  @Override
  public boolean hasEntries() {
    return descriptor.hasEntries();
  }

  @Override
  public boolean isGrouped() {
    return false;
  }

  @Override
  public V get(int hash, long time, K key) {
    RowLayer<K, V> layer = groups.get(indexOf(groupOf(key)));
    Row<K, V> row = layer == null ? null : layer.find(hash, time, key);
    return row == null ? null : row.value();
  }

  @Override
  public boolean contains(int hash, long time, K key) {
    RowLayer<K, V> layer = groups.get(indexOf(groupOf(key)));
    return layer != null && layer.find(hash, time, key) != null;
  }

  @Override
  public void countTimes(RowLayer.TimeCounts counts) {
    groups.stream().filter(Objects::nonNull).forEach(layer -> layer.countTimes(counts));
  }

  @Override
  public List<Long> timesOf(K key) {
    RowLayer<K, V> layer = groups.get(indexOf(groupOf(key)));
    return layer == null ? List.of() : layer.times();
  }

  /** Takes over the next row of a layer; false: there is none left. */
  boolean absorbNext(RowLayer<K, V> layer) {
    return layer.sinkNext(this);
  }

  @Override
  public List<Row<K, V>> entries(K from, byte[] end, int limit) {
    List<Row<K, V>> found = new ArrayList<>();
    RowLayer<K, V> layer = layerOf(from);
    Row<K, V> row = layer.entryFrom(from);
    while (row != null && found.size() < limit && EntryKey.of(row.key()).isBefore(end)) {
      found.add(row);
      row = layer.entryFrom(EntryKey.behind(row.key()));
    }
    return found;
  }

  @Override
  public void restorePut(int keyGroup, long time, ByteInput key, ByteInput value)
      throws IOException {
    K readKey = descriptor.keySerializer().deserialize(key);
    V readValue = descriptor.valueSerializer().deserialize(value);
    layerOf(keyGroup).absorb(row(time, readKey, readValue));
  }

  @Override
  public void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException {
    K readKey = descriptor.keySerializer().deserialize(key);
    layerOf(keyGroup).absorb(row(time, readKey, null));
  }

  private Row<K, V> row(long time, K key, V value) {
    int hash = RowMap.hash(time, key);
    return isVersioned
        ? versioned(hash, key, value, lastEpoch)
        : new Row<>(hash, time, key, value, false);
  }

  /** A row that keeps its versions. */
  VersionedRow<K, V> versioned(int hash, K key, V value, int epoch) {
    return packing
        .<VersionedRow<K, V>>map(each -> new PackedRow<>(hash, key, value, epoch, each))
        .orElseGet(() -> new ReferenceRow<>(hash, key, value, epoch));
  }

  @Override
  public void restoreClearOwner(int keyGroup, ByteInput owner) throws IOException {
    layerOf(keyGroup).dropOwner(descriptor.keySerializer().deserialize(owner));
  }

  @Override
  public void restoreClear(int firstKeyGroup, int endKeyGroup, long bound) {
    int first = Math.max(firstKeyGroup, scope.firstKeyGroup());
    int end = Math.min(endKeyGroup, scope.endKeyGroup());
    for (int group = first; group < end; group++) {
      layerOf(group).dropTimesUpTo(bound);
    }
  }

  @Override
  public RowCursor<K, V> rowsAt(long time) {
    return new Cursor(layer -> List.of(time));
  }

  @Override
  public RowCursor<K, V> rows() {
    return new Cursor(RowLayer::times);
  }

  /** Goes from key group to key group, from time to time and through the rows of each. */
  private final class Cursor implements RowCursor<K, V> {
    private final Function<RowLayer<K, V>, List<Long>> timesOf;
    private Iterator<Long> times = Collections.emptyIterator();
    private RowLayer<K, V> layer;
    private int nextIndex;
    private Row<K, V> row;

    Cursor(Function<RowLayer<K, V>, List<Long>> timesOf) {
      this.timesOf = timesOf;
    }

    @Override
    public boolean next() {
      do {
        row = row == null ? null : row.next();
        while (row == null && hasNextTime()) {
          row = layer.firstOf(times.next());
        }
      } while (row != null && row.value() == null);
      return row != null;
    }

    private boolean hasNextTime() {
      while (!times.hasNext() && nextIndex < groups.size()) {
        layer = groups.get(nextIndex++);
        times = layer == null ? Collections.emptyIterator() : timesOf.apply(layer).iterator();
      }
      return times.hasNext();
    }

    @Override
    public int keyGroup() {
      return scope.firstKeyGroup() + nextIndex - 1;
    }

    @Override
    public long time() {
      return row.time();
    }

    @Override
    public K key() {
      return row.key();
    }

    @Override
    public V value() {
      return row.value();
    }

    @Override
    public void writeKey(ByteOutput out) throws IOException {
      descriptor.keySerializer().serialize(row.key(), out);
    }

    @Override
    public void writeValue(ByteOutput out) throws IOException {
      descriptor.valueSerializer().serialize(row.value(), out);
    }

    @Override
    public void close() {}
  }
}
