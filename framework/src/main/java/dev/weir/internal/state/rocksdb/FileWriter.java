package dev.weir.internal.state.rocksdb;

import dev.weir.error.StorageException;
import dev.weir.internal.base.ByteOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.rocksdb.Status;

/**
 * Writes many sorted rows as a table file of RocksDB's and hands that over whole: no table in
 * memory to be filled, sorted and flushed, which is more than half of the work. Confined to one
 * thread.
 */
final class FileWriter implements RowWriter {
  private static final int MOST_TRIES = 10;

  private final RocksContext context;
  private final ColumnFamilyHandle column;
  private final Path file;
  private final EnvOptions environment;
  private final SstFileWriter writer;
  private ByteBuffer key = ByteBuffer.allocateDirect(256);
  private ByteBuffer value = ByteBuffer.allocateDirect(4096);
  private boolean isEmpty = true;

  FileWriter(RocksContext context, ColumnFamilyHandle column) {
    this.context = context;
    this.column = column;
    this.file = context.newFile();
    this.environment = context.handles().opened(new EnvOptions());
    this.writer =
        context.handles().opened(new SstFileWriter(environment, context.settings().file()));
    try {
      writer.open(file.toString());
    } catch (RocksDBException e) {
      close();
      throw RocksFailure.of("begin " + file, e);
    }
  }

  @Override
  public void put(byte[] keyBytes, ByteOutput valueBytes) {
    if (key.capacity() < keyBytes.length) {
      key = ByteBuffer.allocateDirect(2 * keyBytes.length);
    }
    if (value.capacity() < valueBytes.length()) {
      value = ByteBuffer.allocateDirect(2 * valueBytes.length());
    }
    fill(key, keyBytes, keyBytes.length);
    fill(value, valueBytes.array(), valueBytes.length());
    isEmpty = false;
    try {
      writer.put(key, value);
    } catch (RocksDBException e) {
      throw RocksFailure.of("write a row to " + file, e);
    }
  }

  private static void fill(ByteBuffer buffer, byte[] bytes, int length) {
    buffer.clear().put(bytes, 0, length).flip();
  }

  @Override
  public void delete(byte[] keyBytes) {
    isEmpty = false;
    try {
      writer.delete(keyBytes);
    } catch (RocksDBException e) {
      throw RocksFailure.of("write a removal to " + file, e);
    }
  }

  @Override
  public void finish() {
    if (isEmpty) {
      return;
    }
    try (IngestExternalFileOptions options = new IngestExternalFileOptions()) {
      writer.finish();
      options.setMoveFiles(true);
      handOver(options);
    } catch (RocksDBException e) {
      throw RocksFailure.of("take over " + file, e);
    }
  }

  /** Other tasks write to the same tables; when one of them is in the way RocksDB asks to retry. */
  private void handOver(IngestExternalFileOptions options) throws RocksDBException {
    for (int tried = 1; ; tried++) {
      try {
        context.database().ingestExternalFile(column, List.of(file.toString()), options);
        return;
      } catch (RocksDBException e) {
        boolean isPassing =
            e.getStatus() != null && e.getStatus().getCode() == Status.Code.TryAgain;
        if (!isPassing || tried == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    context.handles().close(writer);
    context.handles().close(environment);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StorageException("Tried to remove " + file + ": " + e + ". Remove it.", e);
    }
  }
}
