package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.state.RowCursor;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Walks, key group by key group, over the rows that begin with a prefix, as they were when it was
 * made. Confined to one thread.
 */
final class RocksCursor<K, V> implements RowCursor<K, V> {
  private final RocksContext context;
  private final TableDescriptor<K, V> descriptor;
  private final IntFunction<byte[]> prefixes;
  private final int endKeyGroup;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private final ByteInput input = new ByteInput();
  private int nextKeyGroup;
  private byte[] prefix;
  private byte[] key;

  RocksCursor(
      RocksContext context,
      ColumnFamilyHandle column,
      TableDescriptor<K, V> descriptor,
      StateScope scope,
      IntFunction<byte[]> prefixes) {
    this.context = context;
    this.descriptor = descriptor;
    this.prefixes = prefixes;
    this.nextKeyGroup = scope.firstKeyGroup();
    this.endKeyGroup = scope.endKeyGroup();
    this.options = context.handles().opened(RocksSettings.scan());
    this.iterator = context.handles().opened(context.database().newIterator(column, options));
  }

  @Override
  public boolean next() {
    if (key != null) {
      iterator.next();
    }
    while (!isAtRow()) {
      if (nextKeyGroup == endKeyGroup) {
        key = null;
        return false;
      }
      prefix = prefixes.apply(nextKeyGroup++);
      iterator.seek(prefix);
    }
    return true;
  }

  private boolean isAtRow() {
    if (prefix == null) {
      return false;
    }
    if (!iterator.isValid()) {
      check();
      return false;
    }
    key = iterator.key();
    return startsWithPrefix();
  }

  private boolean startsWithPrefix() {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private void check() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksFailure.of("walk over the rows of " + descriptor.name(), e);
    }
  }

  @Override
  public int keyGroup() {
    return (key[0] & 0xFF) << 8 | (key[1] & 0xFF);
  }

  @Override
  public long time() {
    if (!descriptor.isTimed()) {
      return 0;
    }
    try {
      return input.wrap(key, Short.BYTES, Long.BYTES).readLong() ^ Long.MIN_VALUE;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private int keyOffset() {
    return descriptor.isTimed() ? Short.BYTES + Long.BYTES : Short.BYTES;
  }

  @Override
  public K key() {
    try {
      int offset = keyOffset();
      return descriptor.keySerializer().deserialize(input.wrap(key, offset, key.length - offset));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public V value() {
    try {
      byte[] bytes = iterator.value();
      return descriptor.valueSerializer().deserialize(input.wrap(bytes, 0, bytes.length));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("A row of " + descriptor.name() + " cannot be read", e);
  }

  @Override
  public void writeKey(ByteOutput out) {
    out.write(key, keyOffset(), key.length - keyOffset());
  }

  @Override
  public void writeValue(ByteOutput out) {
    out.write(iterator.value());
  }

  @Override
  public void close() {
    context.handles().close(iterator);
    context.handles().close(options);
  }
}
