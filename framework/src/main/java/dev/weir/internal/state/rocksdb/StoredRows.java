package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.StateScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Rows of a database as they were written, for a table that keeps them elsewhere or writes them
 * another way. Confined to one I/O thread.
 */
final class StoredRows {
  private final LocalDatabase database;
  private final Marks marks;
  private final UnaryOperator<String> writtenName;

  /** Finds the rows of each stage under the name that the function gives. */
  StoredRows(LocalDatabase database, Marks marks, UnaryOperator<String> writtenName) {
    this.database = database;
    this.marks = marks;
    this.writtenName = writtenName;
  }

  /** The tables of a stage, as they were written. */
  Set<FileHeader.Table> tables(String stage) {
    return marks.tables(writtenName.apply(stage));
  }

  /** Restores all rows of the scope, but for tables that have theirs in place. */
  IntToLongFunction restoreInto(
      StateScope scope, BottomStore.MatchingTables tables, InPlace inPlace) {
    String stage = writtenName.apply(scope.stage());
    long[] applied = new long[scope.endKeyGroup() - scope.firstKeyGroup()];
    for (int group = scope.firstKeyGroup(); group < scope.endKeyGroup(); group++) {
      int keyGroup = group;
      applied[group - scope.firstKeyGroup()] =
          marks
              .of(stage, group)
              .map(mark -> restore(stage, keyGroup, mark.header(), tables, inPlace))
              .orElse(BottomStore.NOTHING);
    }
    return group -> applied[group - scope.firstKeyGroup()];
  }

  private long restore(
      String stage,
      int keyGroup,
      FileHeader written,
      BottomStore.MatchingTables tables,
      InPlace inPlace) {
    for (FileHeader.Table table : written.tables()) {
      if (!inPlace.has(table)) {
        BottomStore.Target<?, ?> target = tables.of(table);
        database
            .columns()
            .find(stage, table)
            .ifPresent(column -> copy(column, keyGroup, table, target));
      }
    }
    return written.checkpointId();
  }

  private void copy(
      Columns.Column column,
      int keyGroup,
      FileHeader.Table table,
      BottomStore.Target<?, ?> target) {
    byte[] prefix = RowKeys.groupPrefix(keyGroup);
    ByteInput key = new ByteInput();
    ByteInput value = new ByteInput();
    try (ReadOptions options = RocksSettings.scan();
        RocksIterator rows = database.database().newIterator(column.handle(), options)) {
      rows.seek(prefix);
      while (rows.isValid()) {
        byte[] bytes = rows.key();
        if (bytes[0] != prefix[0] || bytes[1] != prefix[1]) {
          break;
        }
        key.wrap(bytes, Short.BYTES, bytes.length - Short.BYTES);
        long time = table.isTimed() ? key.readLong() ^ Long.MIN_VALUE : 0;
        byte[] valueBytes = rows.value();
        target.put(keyGroup, time, key, value.wrap(valueBytes, 0, valueBytes.length));
        rows.next();
      }
      rows.status();
    } catch (RocksDBException e) {
      throw RocksFailure.of("walk over the rows of " + column.name(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("A row of " + column.name() + " cannot be read", e);
    }
  }

  /** Knows which tables need not be copied. */
  @FunctionalInterface
  interface InPlace {
    /** Whether the rows of a table are where they are read. */
    boolean has(FileHeader.Table written);
  }
}
