package dev.weir.internal.state;

import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.row.RowLayer;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Writes the rows of a state file, in the order they are to be applied. Confined to one I/O thread.
 *
 * <pre>
 *   short table   byte 1   short key group   [time]   length key   length value     sets a row
 *   short table   byte 2   short key group   [time]   length key                    removes a row
 *   short table   byte 3   time        removes the rows up to this time, in the file's key groups
 *   short table   byte 4   short key group   length owner                           removes an owner's
 *   short -1      long number of the above                                          the end
 *
 *   time: long with the sign bit flipped, so that bytes are ordered as times are; timed tables only
 *   length: seven bits a byte, lowest first, the top bit says that more follow
 * </pre>
 */
public final class FileRows {
  static final byte PUT = 1;
  static final byte REMOVE = 2;
  static final byte CLEAR = 3;
  static final byte CLEAR_OWNER = 4;
  static final short END = -1;

  private final DataOutputStream out;
  private final ByteOutput row = new ByteOutput(256);
  private final ByteOutput part = new ByteOutput(256);
  private long count;

  FileRows(DataOutputStream out) {
    this.out = out;
  }

  /** Writes what a layer says about the layers below. */
  <K, V> void writeChanges(Place<K, V> place, RowLayer<K, V> layer, int maxParallelism)
      throws IOException {
    TableDescriptor<K, V> descriptor = place.descriptor();
    if (layer.isCleared()) {
      writeClear(place.table(), layer.clearedTo());
    }
    KeyHash<K> hash = KeyHash.of(descriptor.keySerializer());
    for (K owner : layer.clearedOwners()) {
      begin(place.table(), CLEAR_OWNER, KeyGroups.ofHash(hash.hash(owner), maxParallelism));
      descriptor.keySerializer().serialize(owner, part);
      appendPart();
      end();
    }
    layer.forEachChange(
        change -> {
          int group = KeyGroups.ofHash(hash.hash(change.key()), maxParallelism);
          write(place, group, change.time(), change.key(), change.value());
        });
  }

  /** Writes a row, or that it is removed: then the value is null. */
  public <K, V> void write(Place<K, V> place, int group, long time, K key, V value)
      throws IOException {
    TableDescriptor<K, V> descriptor = place.descriptor();
    begin(place.table(), value == null ? REMOVE : PUT, group);
    time(descriptor, time);
    descriptor.keySerializer().serialize(key, part);
    appendPart();
    if (value != null) {
      descriptor.valueSerializer().serialize(value, part);
      appendPart();
    }
    end();
  }

  /** Writes the row that a cursor stands on. */
  <K, V> void writeRow(Place<K, V> place, RowCursor<K, V> cursor) throws IOException {
    begin(place.table(), PUT, cursor.keyGroup());
    time(place.descriptor(), cursor.time());
    cursor.writeKey(part);
    appendPart();
    cursor.writeValue(part);
    appendPart();
    end();
  }

  private void writeClear(int table, long bound) throws IOException {
    row.truncate(0);
    row.writeShort(table);
    row.writeByte(CLEAR);
    row.writeLong(bound ^ Long.MIN_VALUE);
    end();
  }

  private void begin(int table, byte op, int group) {
    row.truncate(0);
    row.writeShort(table);
    row.writeByte(op);
    row.writeShort(group);
  }

  private void time(TableDescriptor<?, ?> descriptor, long time) {
    if (descriptor.isTimed()) {
      row.writeLong(time ^ Long.MIN_VALUE);
    }
  }

  private void appendPart() {
    int rest = part.length();
    while ((rest & ~0x7F) != 0) {
      row.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    row.write(rest);
    row.write(part.array(), 0, part.length());
    part.truncate(0);
  }

  private void end() throws IOException {
    out.write(row.array(), 0, row.length());
    count++;
  }

  /** Writes the end. */
  void finish() throws IOException {
    out.writeShort(END);
    out.writeLong(count);
  }

  /**
   * A table in a file.
   *
   * @param table its number there
   * @param descriptor the table
   */
  public record Place<K, V>(int table, TableDescriptor<K, V> descriptor) {}
}
