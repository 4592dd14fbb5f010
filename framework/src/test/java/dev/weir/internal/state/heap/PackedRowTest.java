package dev.weir.internal.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedRowTest extends VersionedRowContract {
  @Override
  VersionedRow<String, Integer> row(int hash, String key, Integer value, int epoch) {
    return packed(hash, key, value, epoch);
  }

  private static <V> VersionedRow<String, V> packed(int hash, String key, V value, int epoch) {
    @SuppressWarnings("unchecked") // A value's class is of its type.
    TypeSerializer<V> serializer = TypeSerializers.of((Class<V>) value.getClass());
    return new PackedRow<>(hash, key, value, epoch, Packing.of(serializer).orElseThrow());
  }

  static Stream<Object> values() {
    return Stream.of(
        true,
        false,
        Byte.MIN_VALUE,
        (byte) -1,
        Short.MIN_VALUE,
        Character.MAX_VALUE,
        Integer.MIN_VALUE,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        -0.0f,
        Float.NaN,
        Float.NEGATIVE_INFINITY,
        -0.0,
        Double.NaN,
        Double.MIN_VALUE);
  }

  @ParameterizedTest
  @MethodSource("values")
  void shouldKeepWhatItWasGiven(Object value) {
    VersionedRow<String, Object> row = packed(7, "key", value, 1);
    row.add(value, 2);

    assertThat(row.value()).isEqualTo(value);
    assertThat(row.at(1)).isEqualTo(value);
  }

  @Test
  void shouldNotPackWhatAnotherSerializerWrites() {
    assertThat(Packing.of(TypeSerializers.of(String.class))).isEmpty();
    assertThat(Packing.of(TypeSerializers.listOf(TypeSerializers.of(Long.class)))).isEmpty();
  }
}
