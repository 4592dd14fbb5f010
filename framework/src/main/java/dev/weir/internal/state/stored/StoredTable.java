package dev.weir.internal.state.stored;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.row.Row;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.RowCursor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A table that is restored and then looked at, ordered by time and key. Confined to a thread. */
final class StoredTable implements BottomTable<byte[], WrittenValue> {
  private static final byte[] FIRST = new byte[0];

  private final NavigableMap<Place, WrittenValue> rows = new TreeMap<>();
  private final WrittenValue.Serializer values;

  StoredTable(WrittenValue.Serializer values) {
    this.values = values;
  }

  /** All rows that are left. */
  Map<Place, WrittenValue> all() {
    return rows;
  }

  @Override
  public void restorePut(int keyGroup, long time, ByteInput key, ByteInput value)
      throws IOException {
    rows.put(new Place(keyGroup, time, WrittenValue.rest(key)), values.deserialize(value));
  }

  @Override
  public void restoreRemove(int keyGroup, long time, ByteInput key) {
    rows.remove(new Place(keyGroup, time, WrittenValue.rest(key)));
  }

  /** No key's bytes begin with all those of another, so what begins with an owner's is its own. */
  @Override
  public void restoreClearOwner(int keyGroup, ByteInput owner) {
    byte[] bytes = WrittenValue.rest(owner);
    Place first = new Place(keyGroup, 0, bytes);
    while (true) {
      Place next = rows.ceilingKey(first);
      if (next == null || !next.isOf(keyGroup, bytes)) {
        return;
      }
      rows.remove(next);
    }
  }

  @Override
  public void restoreClear(int firstKeyGroup, int endKeyGroup, long bound) {
    rows.subMap(
            new Place(firstKeyGroup, Long.MIN_VALUE, FIRST),
            new Place(endKeyGroup, Long.MIN_VALUE, FIRST))
        .keySet()
        .removeIf(place -> place.time <= bound);
  }

  /** Entries are told by the operation that removes them. */
  @Override
  public boolean hasEntries() {
    return true;
  }

  @Override
  public boolean sharesValues() {
    throw onlyRestored();
  }

  @Override
  public WrittenValue get(int hash, long time, byte[] key) {
    throw onlyRestored();
  }

  @Override
  public boolean contains(int hash, long time, byte[] key) {
    throw onlyRestored();
  }

  @Override
  public RowCursor<byte[], WrittenValue> rowsAt(long time) {
    throw onlyRestored();
  }

  @Override
  public boolean isGrouped() {
    throw onlyRestored();
  }

  @Override
  public RowCursor<byte[], WrittenValue> rows() {
    throw onlyRestored();
  }

  @Override
  public List<Row<byte[], WrittenValue>> entries(byte[] from, byte[] end, int limit) {
    throw onlyRestored();
  }

  @Override
  public List<Long> timesOf(byte[] key) {
    throw onlyRestored();
  }

  private static IllegalStateException onlyRestored() {
    return new IllegalStateException("No job works on what is only looked at");
  }

  /**
   * Where a row is.
   *
   * @param keyGroup its key group
   * @param time its time, 0 in tables without
   * @param key the bytes of its key; not to be changed
   */
  record Place(int keyGroup, long time, byte[] key) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::keyGroup)
            .thenComparingLong(Place::time)
            .thenComparing(Place::key, Arrays::compareUnsigned);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && compareTo(place) == 0;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(key);
    }

    boolean isOf(int group, byte[] owner) {
      return keyGroup == group
          && time == 0
          && key.length >= owner.length
          && Arrays.equals(key, 0, owner.length, owner, 0, owner.length);
    }
  }
}
