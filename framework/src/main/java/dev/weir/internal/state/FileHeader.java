package dev.weir.internal.state;

import dev.weir.schema.Schema;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands before the rows of a state file, big-endian.
 *
 * <pre>
 *   "WEIRROWS"   int version   boolean isBase   string stage   long checkpoint
 *   int first key group   int end key group   int number of key groups
 *   short tables { string name   boolean isTimed   schema of keys   schema of values   [windows] }
 *
 *   string: int length and UTF-8 bytes      schema: the string of its text
 *   windows: a string, from version 2 on; a file without windows is still written as version 1
 * </pre>
 *
 * @param isBase whether the file stands alone; else it follows the ones before
 * @param stage the stage whose state it is
 * @param checkpointId the checkpoint that it was written for
 * @param firstKeyGroup first key group in it
 * @param endKeyGroup one behind the last
 * @param maxParallelism number of key groups
 * @param tables the tables; rows name them by their place
 */
public record FileHeader(
    boolean isBase,
    String stage,
    long checkpointId,
    int firstKeyGroup,
    int endKeyGroup,
    int maxParallelism,
    List<Table> tables) {
  static final int VERSION = 2;
  static final int WITHOUT_WINDOWS = 1;

  private static final long MAGIC = 0x57454952524f5753L;
  private static final int LONGEST_STRING = 1 << 20;

  /** Makes the list unmodifiable. */
  public FileHeader {
    tables = List.copyOf(tables);
  }

  /** Appends it. */
  public void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(MAGIC);
    boolean hasWindows = tables.stream().anyMatch(table -> !table.windows().isEmpty());
    out.writeInt(hasWindows ? VERSION : WITHOUT_WINDOWS);
    out.writeBoolean(isBase);
    writeString(stage, out);
    out.writeLong(checkpointId);
    out.writeInt(firstKeyGroup);
    out.writeInt(endKeyGroup);
    out.writeInt(maxParallelism);
    out.writeShort(tables.size());
    for (Table table : tables) {
      writeString(table.name(), out);
      out.writeBoolean(table.isTimed());
      writeString(table.keySchema().text(), out);
      writeString(table.valueSchema().text(), out);
      if (hasWindows) {
        writeString(table.windows(), out);
      }
    }
  }

  /** Reads it, trusting nothing. */
  public static FileHeader readFrom(DataInputStream in) throws IOException {
    long magic = in.readLong();
    check(magic == MAGIC, "a state file", "one that begins with " + Long.toHexString(magic));
    int version = in.readInt();
    check(
        version == WITHOUT_WINDOWS || version == VERSION,
        "format version " + WITHOUT_WINDOWS + " or " + VERSION,
        "version " + version);
    boolean isBase = in.readBoolean();
    String stage = readString(in);
    long checkpointId = in.readLong();
    int first = in.readInt();
    int end = in.readInt();
    int groups = in.readInt();
    check(0 <= first && first <= end && end <= groups, "key groups", first + " to " + end);
    int count = in.readUnsignedShort();
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tables.add(readTable(in, version));
    }
    return new FileHeader(isBase, stage, checkpointId, first, end, groups, tables);
  }

  private static Table readTable(DataInputStream in, int version) throws IOException {
    String name = readString(in);
    boolean isTimed = in.readBoolean();
    Schema keySchema = readSchema(in);
    Schema valueSchema = readSchema(in);
    String windows = version == WITHOUT_WINDOWS ? "" : readString(in);
    return new Table(name, isTimed, keySchema, valueSchema, windows);
  }

  private static void writeString(String value, DataOutputStream out) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    check(bytes.length <= LONGEST_STRING, "a text of at most 1 MiB", bytes.length + " bytes");
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readString(DataInputStream in) throws IOException {
    int length = in.readInt();
    check(length >= 0 && length <= LONGEST_STRING, "a text", length + " bytes");
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Schema readSchema(DataInputStream in) throws IOException {
    String text = readString(in);
    try {
      return Schema.parse(text);
    } catch (IllegalArgumentException e) {
      StreamCorruptedException corrupted = new StreamCorruptedException(e.getMessage());
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  private static void check(boolean holds, String expected, String found)
      throws StreamCorruptedException {
    if (!holds) {
      throw new StreamCorruptedException("expected " + expected + ", found " + found);
    }
  }

  /**
   * A table of the file.
   *
   * @param name its name
   * @param isTimed whether its rows have a time
   * @param keySchema how keys are written
   * @param valueSchema how values are written
   * @param windows the windows whose last milliseconds the times are, such as {@code tumbling 10s};
   *     empty if there are none, or if the file is of version 1, which does not say
   */
  public record Table(
      String name, boolean isTimed, Schema keySchema, Schema valueSchema, String windows) {
    /** As a table is written now. */
    public static Table of(TableDescriptor<?, ?> descriptor) {
      return new Table(
          descriptor.name(),
          descriptor.isTimed(),
          descriptor.keySerializer().schema(),
          descriptor.valueSerializer().schema(),
          descriptor.windows());
    }

    /** The same rows, of which nobody says what windows they are of. */
    public Table withoutWindows() {
      return new Table(name, isTimed, keySchema, valueSchema, "");
    }
  }
}
