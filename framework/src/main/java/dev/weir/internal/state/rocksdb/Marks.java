package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.state.FileHeader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * What the database says of itself: up to which checkpoint it has the rows of each range of key
 * groups. A mark is written after the rows it speaks of and column families are flushed together,
 * so after a crash there may be more rows than marked, never less; what is not marked is applied
 * again, which changes nothing. Immutable.
 *
 * <pre>
 *   stage   0   short first key group   short end key group
 *     long attempt, started, first checkpoint of the run   long written by
 *     header of a state file, without rows
 * </pre>
 *
 * @param all every mark
 */
record Marks(List<Mark> all) {
  private static final Comparator<Mark> AGE =
      Comparator.comparingLong((Mark mark) -> mark.header().checkpointId())
          .thenComparingLong(Mark::writtenBy);

  /** Reads every mark. */
  static Marks read(RocksDB database, ColumnFamilyHandle column) throws RocksDBException {
    List<Mark> all = new ArrayList<>();
    try (RocksIterator rows = database.newIterator(column)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        all.add(decode(rows.value()));
      }
      rows.status();
    } catch (IOException e) {
      throw new UncheckedIOException("A mark of the database cannot be read", e);
    }
    return new Marks(List.copyOf(all));
  }

  /** Whether any key group of a stage is marked. */
  boolean hasStage(String stage) {
    return all.stream().anyMatch(mark -> mark.header().stage().equals(stage));
  }

  /** The mark that holds for a key group. */
  Optional<Mark> of(String stage, int keyGroup) {
    return all.stream()
        .filter(mark -> mark.header().stage().equals(stage))
        .filter(
            mark ->
                mark.header().firstKeyGroup() <= keyGroup && keyGroup < mark.header().endKeyGroup())
        .max(AGE);
  }

  /** The tables of a stage, as they were written. */
  Set<FileHeader.Table> tables(String stage) {
    return all.stream()
        .filter(mark -> mark.header().stage().equals(stage))
        .flatMap(mark -> mark.header().tables().stream())
        .collect(Collectors.toSet());
  }

  /** The names of all column families that marks of these stages speak of. */
  Set<String> columns(Set<String> stages) {
    return all.stream()
        .filter(mark -> stages.contains(mark.header().stage()))
        .flatMap(
            mark ->
                mark.header().tables().stream()
                    .map(table -> Columns.nameOf(mark.header().stage(), table)))
        .collect(Collectors.toSet());
  }

  static byte[] keyOf(FileHeader header) {
    ByteOutput key = new ByteOutput(64);
    key.write(header.stage().getBytes(StandardCharsets.UTF_8));
    key.writeByte(0);
    key.writeShort(header.firstKeyGroup());
    key.writeShort(header.endKeyGroup());
    return key.toByteArray();
  }

  static byte[] encode(Mark mark) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(mark.run().attempt());
      out.writeLong(mark.run().startedAtMillis());
      out.writeLong(mark.run().firstCheckpointId());
      out.writeLong(mark.writtenBy());
      mark.header().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // There is no stream that could fail.
    }
    return bytes.toByteArray();
  }

  private static Mark decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    long attempt = in.readLong();
    long startedAtMillis = in.readLong();
    Lineage.Run run = new Lineage.Run(attempt, startedAtMillis, in.readLong());
    return new Mark(run, in.readLong(), FileHeader.readFrom(in));
  }

  /**
   * A mark.
   *
   * @param run the attempt that took the checkpoint
   * @param writtenBy the attempt that wrote the mark
   * @param header checkpoint, key groups and tables
   */
  record Mark(Lineage.Run run, long writtenBy, FileHeader header) {}
}
