package dev.weir.internal.state.rocksdb;

import java.util.Arrays;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A short walk over rows whose keys begin alike, from one of them on, as they were when it was
 * made. Confined to one thread.
 */
final class PrefixWalk implements AutoCloseable {
  private final RocksContext context;
  private final RocksIterator iterator;
  private final int prefixLength;
  private byte[] begin;
  private byte[] key;

  /** Rows from these bytes on, as long as they begin with the first of them, this many. */
  PrefixWalk(RocksContext context, ColumnFamilyHandle column, byte[] begin, int prefixLength) {
    this.context = context;
    this.begin = begin;
    this.prefixLength = prefixLength;
    this.iterator =
        context
            .handles()
            .opened(context.database().newIterator(column, context.settings().walks()));
  }

  /** Moves to the next row; false behind the last. */
  boolean next() {
    if (key == null) {
      iterator.seek(begin);
    } else {
      iterator.next();
    }
    if (!iterator.isValid()) {
      check();
      return false;
    }
    key = iterator.key();
    return key.length >= prefixLength
        && Arrays.equals(key, 0, prefixLength, begin, 0, prefixLength);
  }

  /** Moves on to the first row from these bytes on; false behind the last. */
  boolean skipTo(byte[] later) {
    key = null;
    begin = later;
    return next();
  }

  private void check() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksFailure.of("walk over the rows of a key", e);
    }
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    context.handles().close(iterator);
  }
}
