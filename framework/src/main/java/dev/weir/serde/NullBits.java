package dev.weir.serde;

import dev.weir.schema.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The bits before a record's fields that say which are null. Immutable. */
final class NullBits {
  private static final int NEVER = -1;

  private final int[] bitOfField;
  private final int bytes;

  private NullBits(int[] bitOfField, int bytes) {
    this.bitOfField = bitOfField;
    this.bytes = bytes;
  }

  static NullBits of(Schema.RecordOf record) {
    int[] bitOfField = new int[record.fields().size()];
    int bits = 0;
    for (int i = 0; i < bitOfField.length; i++) {
      bitOfField[i] = record.fields().get(i).isNullable() ? bits++ : NEVER;
    }
    int bytes = (bits + Byte.SIZE - 1) / Byte.SIZE;
    return new NullBits(bitOfField, bitOfField.length == 0 ? 1 : bytes);
  }

  void write(Object[] values, DataOutput out) throws IOException {
    int field = 0;
    for (int i = 0; i < bytes; i++) {
      int nulls = 0;
      for (; field < values.length && bitOfField[field] < (i + 1) * Byte.SIZE; field++) {
        if (values[field] == null) {
          nulls |= 1 << (bitOfField[field] - i * Byte.SIZE);
        }
      }
      out.writeByte(nulls);
    }
  }

  byte[] read(DataInput in) throws IOException {
    byte[] bits = new byte[bytes];
    in.readFully(bits);
    return bits;
  }

  boolean isNull(byte[] bits, int field) {
    int bit = bitOfField[field];
    return bit != NEVER && (bits[bit / Byte.SIZE] >> (bit % Byte.SIZE) & 1) != 0;
  }
}
