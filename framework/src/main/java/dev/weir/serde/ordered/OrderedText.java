package dev.weir.serde.ordered;

import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/**
 * Writes each {@code char} as UTF-8 would, alone, so that texts are ordered by their chars: where
 * UTF-8 itself would order by code points, surrogates stand between the others here. Any string can
 * be written.
 *
 * <pre>
 *   0 1                            char 0
 *   0xxxxxxx                       chars below 0x80
 *   110xxxxx 10xxxxxx              chars below 0x800
 *   1110xxxx 10xxxxxx 10xxxxxx     all others
 *   0 0                            the end
 * </pre>
 */
record OrderedText() implements OrderedSerializer<String> {
  static final OrderedText INSTANCE = new OrderedText();

  @Override
  public void serialize(String value, DataOutput out) throws IOException {
    serializePrefix(value, out);
    out.writeShort(0);
  }

  @Override
  public void serializePrefix(String value, DataOutput out) throws IOException {
    for (int i = 0; i < value.length(); i++) {
      write(value.charAt(i), out);
    }
  }

  private static void write(char each, DataOutput out) throws IOException {
    if (each == 0) {
      out.writeShort(1);
    } else if (each < 0x80) {
      out.writeByte(each);
    } else if (each < 0x800) {
      out.writeByte(0xC0 | each >> 6);
      out.writeByte(0x80 | (each & 0x3F));
    } else {
      out.writeByte(0xE0 | each >> 12);
      out.writeByte(0x80 | (each >> 6 & 0x3F));
      out.writeByte(0x80 | (each & 0x3F));
    }
  }

  @Override
  public String deserialize(DataInput in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      int first = in.readUnsignedByte();
      if (first != 0) {
        text.append(read(first, in));
      } else if (in.readByte() == 0) {
        return text.toString();
      } else {
        text.append('\0');
      }
    }
  }

  private static char read(int first, DataInput in) throws IOException {
    if (first < 0x80) {
      return (char) first;
    }
    if (first >> 5 == 0b110) {
      return (char) ((first & 0x1F) << 6 | following(in));
    }
    if (first >> 4 == 0b1110) {
      int high = (first & 0x0F) << 12;
      return (char) (high | following(in) << 6 | following(in));
    }
    throw new StreamCorruptedException("Expected a char, found byte " + first + ".");
  }

  private static int following(DataInput in) throws IOException {
    return in.readByte() & 0x3F;
  }

  @Override
  public Schema schema() {
    return OrderedSerializer.schemaOf("string");
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public String copy(String value) {
    return value;
  }
}
