package dev.weir.internal.state.heap;

import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.row.Row;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.FileRows;
import dev.weir.internal.state.LayeredBackend;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.util.List;

/**
 * A table as it was at a barrier: the versions at the end of an epoch. Rows that came later lie
 * behind the extents, and none goes while somebody walks over all.
 *
 * @param place the table's place in files
 * @param end the epoch that ended
 * @param changed what was changed since the barrier before; empty if nothing was
 * @param extents where the rows were
 */
record VersionedCut<K, V>(
    FileRows.Place<K, V> place,
    int end,
    ChangedRows<K, V> changed,
    List<VersionedRows.Extent<K, V>> extents,
    VersionedRows<K, V> table)
    implements LayeredBackend.Cut {
  @Override
  public TableDescriptor<K, V> descriptor() {
    return place.descriptor();
  }

  @Override
  public boolean isChanged() {
    return changed.epoch() == end;
  }

  @Override
  public boolean hasChanges() {
    return isChanged() && changed.hasChange();
  }

  @Override
  public boolean hasLiveRow() {
    for (VersionedRows.Extent<K, V> extent : extents) {
      Row<K, V> row = extent.first();
      while (row != extent.last() && value(row) == null) {
        row = row.next();
      }
      if (value(row) != null) {
        return true;
      }
    }
    return false;
  }

  private V value(Row<K, V> row) {
    return ((VersionedRow<K, V>) row).at(end);
  }

  @Override
  public void writeAll(FileRows rows, int maxParallelism) throws IOException {
    for (VersionedRows.Extent<K, V> extent : extents) {
      Row<K, V> row = extent.first();
      write(rows, extent.keyGroup(), row);
      while (row != extent.last()) {
        row = row.next();
        write(rows, extent.keyGroup(), row);
      }
    }
  }

  private void write(FileRows rows, int keyGroup, Row<K, V> row) throws IOException {
    V value = value(row);
    if (value != null) {
      rows.write(place, keyGroup, 0, row.key(), value);
    }
  }

  @Override
  public void writeChanges(FileRows rows, int maxParallelism) throws IOException {
    if (!isChanged()) {
      return;
    }
    KeyHash<K> hash = KeyHash.of(descriptor().keySerializer());
    for (int i = 0; i < changed.size(); i++) {
      VersionedRow<K, V> row = changed.get(i);
      V value = row.at(end);
      if (changed.isChange(row, value)) {
        int keyGroup = KeyGroups.ofHash(hash.hash(row.key()), maxParallelism);
        rows.write(place, keyGroup, 0, row.key(), value);
      }
    }
  }

  /** The table lets it sink itself. */
  @Override
  public void addSinking(List<BottomStore.SinkingLayer<?, ?>> layers) {}

  @Override
  public void sink() {
    if (isChanged()) {
      table.sink(changed);
    }
  }

  @Override
  public boolean isSunk() {
    return table.isSunk(changed);
  }
}
