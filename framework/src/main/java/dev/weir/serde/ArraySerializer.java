package dev.weir.serde;

import dev.weir.schema.Schema;
import dev.weir.schema.Schema.Basic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes arrays of primitives: their length and their elements. For values only: arrays are not
 * equal when their elements are.
 */
record ArraySerializer<A>(Class<A> type) implements TypeSerializer<A> {
  private static final Map<Class<?>, Basic> ELEMENTS =
      Map.of(
          boolean[].class, Basic.BOOLEAN,
          byte[].class, Basic.BYTE,
          short[].class, Basic.SHORT,
          char[].class, Basic.CHAR,
          int[].class, Basic.INT,
          long[].class, Basic.LONG,
          float[].class, Basic.FLOAT,
          double[].class, Basic.DOUBLE);
  private static final List<ArraySerializer<?>> ALL =
      ELEMENTS.keySet().stream().<ArraySerializer<?>>map(ArraySerializer::new).toList();

  static Optional<TypeSerializer<?>> of(Class<?> type) {
    return ELEMENTS.containsKey(type) ? Optional.of(new ArraySerializer<>(type)) : Optional.empty();
  }

  /** The serializer that writes a schema's values. */
  static Optional<TypeSerializer<?>> of(Schema schema) {
    return ALL.stream()
        .<TypeSerializer<?>>map(each -> each)
        .filter(each -> each.schema().equals(schema))
        .findFirst();
  }

  @Override
  public void serialize(A array, DataOutput out) throws IOException {
    int length = Array.getLength(array);
    VarInt.write(length, out);
    out.write(array instanceof byte[] bytes ? bytes : bytesOf(array, length));
  }

  private byte[] bytesOf(A array, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(length, width()));
    if (array instanceof long[] longs) {
      bytes.asLongBuffer().put(longs);
    } else if (array instanceof int[] ints) {
      bytes.asIntBuffer().put(ints);
    } else if (array instanceof double[] doubles) {
      bytes.asDoubleBuffer().put(doubles);
    } else if (array instanceof float[] floats) {
      bytes.asFloatBuffer().put(floats);
    } else if (array instanceof short[] shorts) {
      bytes.asShortBuffer().put(shorts);
    } else if (array instanceof char[] chars) {
      bytes.asCharBuffer().put(chars);
    } else {
      for (boolean each : (boolean[]) array) {
        bytes.put((byte) (each ? 1 : 0));
      }
    }
    return bytes.array();
  }

  private int width() {
    return switch (ELEMENTS.get(type)) {
      case LONG, DOUBLE -> Long.BYTES;
      case INT, FLOAT -> Integer.BYTES;
      case SHORT, CHAR -> Short.BYTES;
      default -> 1;
    };
  }

  @Override
  public A deserialize(DataInput in) throws IOException {
    int length = VarInt.read(in);
    long bytes = (long) length * width();
    if (bytes > Integer.MAX_VALUE) {
      throw new StreamCorruptedException("Expected " + schema() + ", found a length of " + length);
    }
    return type.cast(arrayOf(VarInt.readBytes((int) bytes, in), length));
  }

  private Object arrayOf(byte[] read, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(read);
    Object array = Array.newInstance(type.getComponentType(), length);
    if (array instanceof long[] longs) {
      bytes.asLongBuffer().get(longs);
    } else if (array instanceof int[] ints) {
      bytes.asIntBuffer().get(ints);
    } else if (array instanceof double[] doubles) {
      bytes.asDoubleBuffer().get(doubles);
    } else if (array instanceof float[] floats) {
      bytes.asFloatBuffer().get(floats);
    } else if (array instanceof short[] shorts) {
      bytes.asShortBuffer().get(shorts);
    } else if (array instanceof char[] chars) {
      bytes.asCharBuffer().get(chars);
    } else if (array instanceof boolean[] booleans) {
      for (int i = 0; i < length; i++) {
        booleans[i] = read[i] != 0;
      }
    } else {
      return read;
    }
    return array;
  }

  @Override
  public Schema schema() {
    Basic element = ELEMENTS.get(type);
    return element == Basic.BYTE ? Basic.BYTES : new Schema.ArrayOf(element);
  }

  @Override
  public A copy(A array) {
    int length = Array.getLength(array);
    A copy = type.cast(Array.newInstance(type.getComponentType(), length));
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }
}
