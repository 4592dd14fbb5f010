package dev.weir.serde;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The written elements of a collection without an order, to be put in the order of their bytes. */
final class Elements {
  private final List<byte[]> written;

  Elements(int size) {
    this.written = new ArrayList<>(size);
  }

  void add(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(new DataOutputStream(bytes));
    written.add(bytes.toByteArray());
  }

  void writeTo(DataOutput out) throws IOException {
    written.sort(Arrays::compareUnsigned);
    VarInt.write(written.size(), out);
    for (byte[] element : written) {
      out.write(element);
    }
  }

  static <E> E present(E element, TypeSerializer<?> collection) {
    if (element == null) {
      throw new IllegalArgumentException(
          "A collection written as "
              + collection.schema()
              + " holds null. Leave nulls out, or make the elements optional.");
    }
    return element;
  }

  /** Writes one element. */
  @FunctionalInterface
  interface Content {
    void writeTo(DataOutput out) throws IOException;
  }
}
