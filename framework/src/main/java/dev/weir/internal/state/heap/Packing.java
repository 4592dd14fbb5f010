package dev.weir.internal.state.heap;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * How values of a type lie in 8 bytes. Thread-safe.
 *
 * @param serializer the built-in one of the type, by which it is known
 */
record Packing<V>(
    TypeSerializer<V> serializer, ToLongFunction<V> packer, LongFunction<V> unpacker) {
  private static final List<Packing<?>> ALL =
      List.of(
          of(Boolean.class, value -> value ? 1 : 0, bits -> bits == 1),
          of(Byte.class, Byte::longValue, bits -> (byte) bits),
          of(Short.class, Short::longValue, bits -> (short) bits),
          of(Character.class, value -> value, bits -> (char) bits),
          of(Integer.class, Integer::longValue, bits -> (int) bits),
          of(Long.class, Long::longValue, Long::valueOf),
          of(Float.class, Float::floatToRawIntBits, bits -> Float.intBitsToFloat((int) bits)),
          of(Double.class, Double::doubleToRawLongBits, Double::longBitsToDouble));

  private static <V> Packing<V> of(
      Class<V> type, ToLongFunction<V> packer, LongFunction<V> unpacker) {
    return new Packing<>(TypeSerializers.of(type), packer, unpacker);
  }

  /** The one of the values that this serializer writes, if they fit. */
  @SuppressWarnings("unchecked") // The same serializer writes the same type.
  static <V> Optional<Packing<V>> of(TypeSerializer<V> serializer) {
    return ALL.stream()
        .filter(each -> each.serializer == serializer)
        .map(each -> (Packing<V>) each)
        .findFirst();
  }

  long packed(V value) {
    return packer.applyAsLong(value);
  }

  V unpacked(long bits) {
    return unpacker.apply(bits);
  }
}
