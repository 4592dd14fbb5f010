package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.cache.ExpectedKeys;
import dev.weir.internal.cache.RowCache;
import dev.weir.internal.key.EntryKey;
import dev.weir.internal.key.LeastKeys;
import dev.weir.internal.row.Row;
import dev.weir.internal.row.RowLayer;
import dev.weir.internal.row.RowMap;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * A table in a column family. Reads belong to the task's thread, sinking to one I/O thread at a
 * time, restoring to one before all; they share nothing that changes but the database.
 */
final class RocksBottomTable<K, V> implements BottomTable<K, V> {
  private static final int MANY = 1_000;

  private final RocksContext context;
  private final StateScope scope;
  private final TableDescriptor<K, V> descriptor;
  private final Columns.Column column;
  private final Batch restoring;
  private final RowKeys<K> keys;
  private final RowCache.Key readKey;
  private final RowCache.Key sunkKey;
  private final ExpectedKeys expected;
  private final ByteInput value = new ByteInput();
  private byte[] valueBytes = new byte[256];
  private long lowest = Long.MAX_VALUE;
  private double bytesPerRow = 64;

  RocksBottomTable(
      RocksContext context, StateScope scope, TableDescriptor<K, V> descriptor, Batch restoring) {
    this.context = context;
    this.scope = scope;
    this.descriptor = descriptor;
    this.restoring = restoring;
    this.column = context.columns().of(scope.stage(), descriptor);
    this.keys = new RowKeys<>(descriptor, scope.maxParallelism());
    this.readKey = new RowCache.Key(column.id());
    this.sunkKey = new RowCache.Key(column.id());
    this.expected = new ExpectedKeys(context.cache(), column.id());
  }

  private ColumnFamilyHandle handle() {
    return column.handle();
  }

  @Override
  public boolean sharesValues() {
    return false;
  }

  @Override
  public boolean hasEntries() {
    return descriptor.hasEntries();
  }

  @Override
  public boolean isGrouped() {
    return true;
  }

  @Override
  public V get(int hash, long time, K key) {
    ByteOutput rowKey = keys.of(time, key);
    int length = context.cache().get(readKey.of(rowKey.array(), rowKey.length()), valueBytes);
    boolean isCached = length >= 0;
    if (!isCached) {
      length = isNowhere(length) ? RocksDB.NOT_FOUND : read(rowKey);
    }
    if (length == RocksDB.NOT_FOUND) {
      return null;
    }
    if (length > valueBytes.length) {
      valueBytes = new byte[Math.max(length, 2 * valueBytes.length)];
      return get(hash, time, key);
    }
    V read = decoded(valueBytes, length);
    if (!isCached) {
      context.cache().offer(readKey, valueBytes, length);
    }
    return read;
  }

  @Override
  public void expect(K[] upcoming, int count) {
    for (int i = 0; i < count; i++) {
      ByteOutput rowKey = keys.of(0, upcoming[i]);
      expected.add(rowKey.array(), rowKey.length());
    }
    expected.fetch();
  }

  /** Spares looking into the database, as long as the cache has all rows. */
  private boolean isNowhere(int cached) {
    return cached == RowCache.NEVER_LOST && column.isNew();
  }

  private V decoded(byte[] bytes, int length) {
    try {
      return descriptor.valueSerializer().deserialize(value.wrap(bytes, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException("A value of " + column.name() + " cannot be read", e);
    }
  }

  @Override
  public boolean contains(int hash, long time, K key) {
    ByteOutput rowKey = keys.of(time, key);
    int cached = context.cache().get(readKey.of(rowKey.array(), rowKey.length()), valueBytes);
    return cached >= 0 || (!isNowhere(cached) && read(rowKey) != RocksDB.NOT_FOUND);
  }

  /** Reads as much as fits; gives the length of the whole. */
  private int read(ByteOutput key) {
    try {
      return context
          .database()
          .get(
              handle(),
              context.settings().reads(),
              key.array(),
              0,
              key.length(),
              valueBytes,
              0,
              valueBytes.length);
    } catch (RocksDBException e) {
      throw RocksFailure.of("read a row of " + column.name(), e);
    }
  }

  @Override
  public RowCursor<K, V> rowsAt(long time) {
    RowKeys<K> prefixes = new RowKeys<>(descriptor, scope.maxParallelism());
    return new RocksCursor<>(
        context, handle(), descriptor, scope, group -> prefixes.prefix(group, time).toByteArray());
  }

  @Override
  public RowCursor<K, V> rows() {
    return new RocksCursor<>(context, handle(), descriptor, scope, RowKeys::groupPrefix);
  }

  /** Skips from time to time within the key group. */
  @Override
  public List<Long> timesOf(K key) {
    byte[] first = Arrays.copyOf(keys.of(Long.MIN_VALUE, key).array(), Short.BYTES);
    int group = RowKeys.groupOf(first);
    List<Long> times = new ArrayList<>();
    try (PrefixWalk walk = new PrefixWalk(context, handle(), first, Short.BYTES)) {
      boolean isThere = walk.next();
      while (isThere) {
        long time = RowKeys.timeOf(walk.key());
        times.add(time);
        byte[] behind = RowKeys.endOf(group, time, true);
        isThere = time < Long.MAX_VALUE && walk.skipTo(behind);
      }
    }
    return times;
  }

  @Override
  public void showKeys(LeastKeys<K> least, Predicate<byte[]> isAbove) {
    for (int group = scope.firstKeyGroup(); group < scope.endKeyGroup(); group++) {
      showKeys(group, least, isAbove);
    }
  }

  /** Within a key group they are in order, so it is left as soon as it has none to give. */
  private void showKeys(int group, LeastKeys<K> least, Predicate<byte[]> isAbove) {
    byte[] begin = RowKeys.inGroup(group, least.bounds().from());
    try (PrefixWalk walk = new PrefixWalk(context, handle(), begin, Short.BYTES)) {
      boolean isMore = walk.next();
      while (isMore) {
        byte[] bytes = Arrays.copyOfRange(walk.key(), Short.BYTES, walk.key().length);
        if (least.wants(bytes) && !isAbove.test(bytes)) {
          least.add(bytes, key(bytes));
        }
        isMore = !least.isBehindAll(bytes) && walk.next();
      }
    }
  }

  private K key(byte[] bytes) {
    try {
      return descriptor.keySerializer().deserialize(value.wrap(bytes, 0, bytes.length));
    } catch (IOException e) {
      throw new UncheckedIOException("A key of " + column.name() + " cannot be read", e);
    }
  }

  @Override
  public List<Row<K, V>> entries(K from, byte[] end, int limit) {
    byte[] begin = keys.of(0, from).toByteArray();
    int prefixLength = begin.length - EntryKey.of(from).entry().length;
    List<Row<K, V>> rows = new ArrayList<>();
    try (PrefixWalk walk = new PrefixWalk(context, handle(), begin, prefixLength)) {
      while (rows.size() < limit && walk.next()) {
        byte[] entry = Arrays.copyOfRange(walk.key(), prefixLength, walk.key().length);
        K key = EntryKey.sibling(from, entry);
        if (!EntryKey.of(key).isBefore(end)) {
          break;
        }
        byte[] bytes = walk.value();
        rows.add(new Row<>(RowMap.hash(0, key), 0, key, decoded(bytes, bytes.length), false));
      }
    }
    return rows;
  }

  /** Brings in what a layer says; its clearing comes before its rows. */
  void sink(RowLayer<K, V> layer, Batch batch) {
    if (layer.isCleared()) {
      clear(scope.firstKeyGroup(), scope.endKeyGroup(), layer.clearedTo(), batch);
      lowest = Math.max(lowest, behind(layer.clearedTo()));
    }
    RowKeys<K> owners = new RowKeys<>(descriptor, scope.maxParallelism());
    layer.clearedOwners().forEach(owner -> clear(owners.of(0, owner).toByteArray(), batch));
    SortedChanges<K, V> changes = new SortedChanges<>(descriptor, scope, layer);
    try (RowWriter writer = writerFor(changes.count(), batch)) {
      changes.forEach(new Sinker(writer));
      writer.finish();
    }
    if (context.cache().hasLost()) {
      context.columns().read(column);
    }
  }

  private RowWriter writerFor(int count, Batch batch) {
    if (count * bytesPerRow < context.smallestFileBytes()) {
      return new RowWriter.Batched(batch, handle());
    }
    batch.flush();
    return new FileWriter(context, handle());
  }

  private static long behind(long time) {
    return time == Long.MAX_VALUE ? time : time + 1;
  }

  /** Ranges begin at the lowest row there can be: ranges over ranges would slow down reads. */
  private void clear(int firstKeyGroup, int endKeyGroup, long bound, Batch batch) {
    if (lowest > bound) {
      return;
    }
    batch.flush();
    RowKeys<K> prefixes = new RowKeys<>(descriptor, scope.maxParallelism());
    for (int group = firstKeyGroup; group < endKeyGroup; group++) {
      byte[] begin = prefixes.prefix(group, lowest).toByteArray();
      byte[] end = RowKeys.endOf(group, bound, descriptor.isTimed());
      forget(begin, end);
      batch.deleteRange(handle(), begin, end);
    }
  }

  /** Takes a range's rows out of the cache, which does not know ranges. */
  private void forget(byte[] begin, byte[] end) {
    try (Slice upper = new Slice(end);
        ReadOptions options = RocksSettings.scan().setIterateUpperBound(upper);
        RocksIterator rows = context.database().newIterator(handle(), options)) {
      for (rows.seek(begin); rows.isValid(); rows.next()) {
        byte[] key = rows.key();
        context.cache().remove(sunkKey.of(key, key.length));
      }
      rows.status();
    } catch (RocksDBException e) {
      throw RocksFailure.of("walk over rows of " + column.name() + " to be removed", e);
    }
  }

  /**
   * Removes all rows that begin alike. They are removed one by one as long as they are few: ranges
   * slow down reads, and most owners are small.
   */
  private void clear(byte[] prefix, Batch batch) {
    batch.flush(); // What went before is to be seen.
    try (PrefixWalk walk = new PrefixWalk(context, handle(), prefix, prefix.length)) {
      for (int removed = 0; walk.next(); removed++) {
        byte[] key = walk.key();
        if (removed == MANY) {
          byte[] end = EntryKey.behindAll(prefix);
          forget(key, end);
          batch.deleteRange(handle(), key, end);
          return;
        }
        batch.delete(handle(), key);
        context.cache().remove(sunkKey.of(key, key.length));
      }
    }
  }

  @Override
  public void restorePut(int keyGroup, long time, ByteInput key, ByteInput valueInput)
      throws IOException {
    byte[] bytes = new byte[valueInput.remaining()];
    valueInput.readFully(bytes);
    byte[] rowKey = restoredKey(keyGroup, time, key);
    restoring.put(handle(), rowKey, bytes);
    context.cache().put(sunkKey.of(rowKey, rowKey.length), bytes, bytes.length);
    lowest = Math.min(lowest, time);
  }

  @Override
  public void restoreRemove(int keyGroup, long time, ByteInput key) throws IOException {
    byte[] rowKey = restoredKey(keyGroup, time, key);
    restoring.delete(handle(), rowKey);
    context.cache().remove(sunkKey.of(rowKey, rowKey.length));
  }

  @Override
  public void restoreClearOwner(int keyGroup, ByteInput owner) throws IOException {
    clear(restoredKey(keyGroup, 0, owner), restoring);
  }

  private byte[] restoredKey(int keyGroup, long time, ByteInput key) throws IOException {
    byte[] bytes = new byte[key.remaining()];
    key.readFully(bytes);
    ByteOutput prefix = keys.prefix(keyGroup, time);
    prefix.write(bytes);
    return prefix.toByteArray();
  }

  @Override
  public void restoreClear(int firstKeyGroup, int endKeyGroup, long bound) {
    clear(firstKeyGroup, endKeyGroup, bound, restoring);
  }

  /** Brings rows into a file or batch, and into the cache. Confined to one I/O thread. */
  private final class Sinker implements SortedChanges.Visitor<K, V> {
    private final RowWriter writer;
    private final ExpectedKeys upcoming = new ExpectedKeys(context.cache(), column.id());
    private final ByteOutput bytes = new ByteOutput(256);
    private RowCache.Key cached;

    Sinker(RowWriter writer) {
      this.writer = writer;
    }

    @Override
    public void next(int[] places, byte[][] rowKeys) {
      cached = new RowCache.Key(column.id()); // It is young: young keys come in without a barrier.
      for (int place : places) {
        upcoming.add(rowKeys[place], rowKeys[place].length);
      }
      upcoming.fetch();
    }

    @Override
    public void change(byte[] key, Row<K, V> row) {
      if (row.value() == null) {
        writer.delete(key);
        context.cache().remove(cached.of(key, key.length));
        return;
      }
      bytes.truncate(0);
      try {
        descriptor.valueSerializer().serialize(row.value(), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("A value of " + column.name() + " cannot be written", e);
      }
      writer.put(key, bytes);
      context.cache().put(cached.of(key, key.length), bytes.array(), bytes.length());
      bytesPerRow += (key.length + bytes.length() - bytesPerRow) / 16;
      lowest = Math.min(lowest, row.time());
    }
  }

  /** Rows of any time may be there already. */
  void mayHaveRows() {
    lowest = Long.MIN_VALUE;
  }
}
