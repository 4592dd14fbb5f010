package dev.weir.internal.state;

import dev.weir.internal.base.ByteInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads the rows that {@link FileRows} wrote and restores those of the scope. One I/O thread. */
final class FileRowReader {
  private final FileHeader header;
  private final DataInputStream in;
  private final List<BottomStore.Target<?, ?>> tables;
  private final Part key = new Part();
  private final Part value = new Part();
  private long count;

  /** Tables stand in the order of the header's. */
  FileRowReader(FileHeader header, DataInputStream in, List<BottomStore.Target<?, ?>> tables) {
    this.header = header;
    this.in = in;
    this.tables = tables;
  }

  /** Restores the rows of the key groups that are wanted. */
  void restore(IntPredicate isWanted) throws IOException {
    for (short table = in.readShort(); table != FileRows.END; table = in.readShort()) {
      check(table >= 0 && table < tables.size(), "one of " + tables.size() + " tables", table);
      restoreRow(table, isWanted);
      count++;
    }
    long expected = in.readLong();
    check(expected == count, expected + " rows", count);
  }

  private void restoreRow(int table, IntPredicate isWanted) throws IOException {
    BottomStore.Target<?, ?> target = tables.get(table);
    byte op = in.readByte();
    switch (op) {
      case FileRows.CLEAR -> restoreClear(target, in.readLong() ^ Long.MIN_VALUE, isWanted);
      case FileRows.PUT, FileRows.REMOVE, FileRows.CLEAR_OWNER -> {
        int group = in.readUnsignedShort();
        check(
            header.firstKeyGroup() <= group && group < header.endKeyGroup(),
            "key groups " + header.firstKeyGroup() + " to " + header.endKeyGroup(),
            group);
        long time = header.tables().get(table).isTimed() ? in.readLong() ^ Long.MIN_VALUE : 0;
        key.read();
        if (op == FileRows.PUT) {
          value.read();
        }
        if (isWanted.test(group)) {
          restore(op, target, group, time);
        }
      }
      default -> throw new StreamCorruptedException("expected a row, found operation " + op);
    }
  }

  private void restore(byte op, BottomStore.Target<?, ?> target, int group, long time)
      throws IOException {
    switch (op) {
      case FileRows.PUT -> {
        target.put(group, time, key.rewound(), value.rewound());
        check(value.input.remaining() == 0, "a value", value.input.remaining() + " bytes more");
      }
      case FileRows.REMOVE -> target.remove(group, time, key.rewound());
      default -> {
        check(target.hasEntries(), "a table of entries", "an owner");
        target.clearOwner(group, key.rewound());
      }
    }
    check(key.input.remaining() == 0, "a key", key.input.remaining() + " bytes more");
  }

  private void restoreClear(BottomStore.Target<?, ?> target, long bound, IntPredicate isWanted) {
    forEachRun(header, isWanted, (first, end) -> target.clear(first, end, bound));
  }

  /** Shows the wanted key groups of a file as ranges. */
  static void forEachRun(FileHeader header, IntPredicate isWanted, RunVisitor visitor) {
    int first = header.firstKeyGroup();
    while (first < header.endKeyGroup()) {
      int end = first;
      while (end < header.endKeyGroup() && isWanted.test(end)) {
        end++;
      }
      if (first < end) {
        visitor.run(first, end);
      }
      first = end + 1;
    }
  }

  private static void check(boolean holds, String expected, Object found)
      throws StreamCorruptedException {
    if (!holds) {
      throw new StreamCorruptedException("expected " + expected + ", found " + found);
    }
  }

  /** Sees ranges of key groups. */
  @FunctionalInterface
  interface RunVisitor {
    void run(int first, int end);
  }

  /** The bytes of a key or value, in an array that is used again. */
  private final class Part {
    private final ByteInput input = new ByteInput();
    private byte[] bytes = new byte[256];
    private int length;

    /** The array grows with what is there, so that a wrong length meets the file's end first. */
    void read() throws IOException {
      length = readLength();
      check(length >= 0, "a length", length);
      int read = 0;
      while (read < length) {
        if (read == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
        }
        int next = Math.min(length, bytes.length);
        in.readFully(bytes, read, next - read);
        read = next;
      }
    }

    private int readLength() throws IOException {
      int read = 0;
      for (int shift = 0; shift < 32; shift += 7) {
        byte next = in.readByte();
        read |= (next & 0x7F) << shift;
        if (next >= 0) {
          return read;
        }
      }
      throw new StreamCorruptedException("expected a length of at most 5 bytes, found more");
    }

    ByteInput rewound() {
      return input.wrap(bytes, 0, length);
    }
  }
}
