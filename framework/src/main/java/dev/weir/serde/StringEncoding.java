package dev.weir.serde;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes any string so that unequal strings give unequal bytes. Stateless.
 *
 * <pre>
 *   length + 1, UTF-8 bytes
 *   0, length, UTF-16 bytes     only where a surrogate stands alone, which UTF-8 cannot hold
 * </pre>
 */
final class StringEncoding {
  private StringEncoding() {}

  static void write(String value, DataOutput out) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (hasReplacement(utf8) && hasLoneSurrogate(value)) {
      VarInt.write(0, out);
      VarInt.writeBytes(utf16(value), out);
    } else {
      VarInt.write(utf8.length + 1, out);
      out.write(utf8);
    }
  }

  static String read(DataInput in) throws IOException {
    int length = VarInt.read(in) - 1;
    return length < 0
        ? fromUtf16(VarInt.readBytes(in))
        : new String(VarInt.readBytes(length, in), StandardCharsets.UTF_8);
  }

  private static boolean hasReplacement(byte[] utf8) {
    for (byte b : utf8) {
      if (b == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (Character.charCount(value.codePointAt(i)) == 1) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** By hand, since encoders replace what stands alone. */
  private static byte[] utf16(String value) {
    byte[] bytes = new byte[2 * value.length()];
    for (int i = 0; i < value.length(); i++) {
      bytes[2 * i] = (byte) (value.charAt(i) >>> 8);
      bytes[2 * i + 1] = (byte) value.charAt(i);
    }
    return bytes;
  }

  private static String fromUtf16(byte[] bytes) {
    char[] chars = new char[bytes.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF));
    }
    return new String(chars);
  }
}
