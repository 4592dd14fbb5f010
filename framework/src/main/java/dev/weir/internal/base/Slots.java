package dev.weir.internal.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Small contents with names in the slots of one file, each of which is overwritten by itself. What
 * is empty, torn by a crash or damaged holds nothing. Pure.
 *
 * <pre>
 *   file   16 slots of 4096 bytes, whole blocks of the disk
 *   slot   "WEIRSLOT"   int CRC-32C of the next four
 *          int length of the name   int length of the content   name   content
 *          whatever was there before
 * </pre>
 */
public final class Slots {
  /** Bytes of a slot. */
  public static final int BYTES = 4096;

  /** Bytes of a file. */
  public static final int FILE_BYTES = 16 * BYTES;

  private static final long MAGIC = 0x57454952534c4f54L;
  private static final int CHECKED = Long.BYTES + Integer.BYTES;
  private static final int HEADER = CHECKED + 2 * Integer.BYTES;

  private Slots() {}

  /** A slot with this content; empty if it does not fit. */
  public static Optional<byte[]> of(String name, byte[] content) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    if (HEADER + nameBytes.length + content.length > BYTES) {
      return Optional.empty();
    }
    ByteBuffer slot = ByteBuffer.allocate(BYTES);
    slot.putLong(MAGIC).putInt(0).putInt(nameBytes.length).putInt(content.length);
    slot.put(nameBytes).put(content);
    slot.putInt(Long.BYTES, crcOf(slot.array(), 0, slot.position()));
    return Optional.of(slot.array());
  }

  /** What a slot is overwritten with, from its beginning, so that it holds nothing. */
  public static byte[] nothing() {
    return new byte[Long.BYTES];
  }

  /** A file of which the first slot is this one, and the others hold nothing. */
  public static byte[] fileWith(byte[] slot) {
    return Arrays.copyOf(slot, FILE_BYTES);
  }

  /** What the slots of a file hold, in their order. */
  public static List<Optional<Content>> in(byte[] file) {
    List<Optional<Content>> slots = new ArrayList<>(FILE_BYTES / BYTES);
    for (int begin = 0; begin + BYTES <= file.length; begin += BYTES) {
      slots.add(at(file, begin));
    }
    return slots;
  }

  private static Optional<Content> at(byte[] file, int begin) {
    ByteBuffer slot = ByteBuffer.wrap(file, begin, BYTES);
    long magic = slot.getLong();
    int crc = slot.getInt();
    int name = slot.getInt();
    int content = slot.getInt();
    long end = (long) HEADER + name + content;
    if (magic != MAGIC || name < 0 || content < 0 || end > BYTES) {
      return Optional.empty();
    }
    return crc == crcOf(file, begin, (int) end)
        ? Optional.of(
            new Content(
                new String(file, begin + HEADER, name, StandardCharsets.UTF_8),
                Arrays.copyOfRange(file, begin + HEADER + name, begin + (int) end)))
        : Optional.empty();
  }

  private static int crcOf(byte[] file, int begin, int end) {
    CRC32C crc = new CRC32C();
    crc.update(file, begin + CHECKED, end - CHECKED);
    return (int) crc.getValue();
  }

  /**
   * What a slot holds.
   *
   * @param name not empty
   * @param bytes of its own
   */
  public record Content(String name, byte[] bytes) {}
}
