package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordFormTest {
  record Primitives(
      boolean bool, byte small, short two, char letter, int four, long eight, float f, double d) {}

  record Mixed(String text, int number, Integer boxed, List<Long> list, boolean flag) {}

  record Full(
      Integer f0,
      Integer f1,
      Integer f2,
      Integer f3,
      Integer f4,
      Integer f5,
      Integer f6,
      Integer f7,
      Integer f8,
      Integer f9,
      Integer f10,
      Integer f11,
      Integer f12,
      Integer f13,
      Integer f14,
      Integer f15,
      Integer f16,
      Integer f17,
      Integer f18,
      Integer f19,
      Integer f20,
      Integer f21,
      Integer f22,
      Integer f23,
      Integer f24,
      Integer f25,
      Integer f26,
      Integer f27,
      Integer f28,
      Integer f29,
      Integer f30,
      Integer f31) {}

  record Wide(
      Integer f0,
      Integer f1,
      Integer f2,
      Integer f3,
      Integer f4,
      Integer f5,
      Integer f6,
      Integer f7,
      Integer f8,
      Integer f9,
      Integer f10,
      Integer f11,
      Integer f12,
      Integer f13,
      Integer f14,
      Integer f15,
      Integer f16,
      Integer f17,
      Integer f18,
      Integer f19,
      Integer f20,
      Integer f21,
      Integer f22,
      Integer f23,
      Integer f24,
      Integer f25,
      Integer f26,
      Integer f27,
      Integer f28,
      Integer f29,
      Integer f30,
      Integer f31,
      Integer f32) {}

  @Test
  void shouldWriteWhatGoingPartByPartWrites() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Mixed mixed =
          new Mixed(
              random.nextBoolean() ? "t" + seed : null,
              random.nextInt(),
              random.nextBoolean() ? random.nextInt() : null,
              random.nextBoolean() ? new ArrayList<>(List.of(random.nextLong())) : null,
              random.nextBoolean());
      Primitives primitives =
          new Primitives(
              random.nextBoolean(),
              (byte) random.nextInt(),
              (short) random.nextInt(),
              (char) random.nextInt(),
              random.nextInt(),
              random.nextLong(),
              Float.intBitsToFloat(random.nextInt()),
              random.nextBoolean() ? Double.NaN : random.nextDouble());

      checkSameBytes(Mixed.class, mixed, true);
      checkSameBytes(Primitives.class, primitives, true);
    }
  }

  @Test
  void shouldHaveABitForEachOfManyFields() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      checkSameBytes(Full.class, random(Full.class, new Random(seed)), true);
      checkSameBytes(Wide.class, random(Wide.class, new Random(seed)), false);
    }
  }

  private static <T extends Record> T random(Class<T> type, Random random) throws Exception {
    @SuppressWarnings("unchecked") // A record has the one.
    Constructor<T> constructor = (Constructor<T>) type.getDeclaredConstructors()[0];
    Object[] values = new Object[constructor.getParameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextBoolean() ? random.nextInt() : null;
    }
    return constructor.newInstance(values);
  }

  private static <T> void checkSameBytes(Class<T> type, T value, boolean fits) throws IOException {
    StructSerializer<T> serializer = (StructSerializer<T>) TypeSerializers.of(type);
    Structure<T> structure = serializer.structure();
    StructSerializer.Form<T> parts =
        new StructSerializer.PartForm<>(
            structure, serializersOf(serializer), NullBits.of(serializer.schema()));

    byte[] bytes = Bytes.of(serializer, value);

    assertThat(RecordForm.fits(structure)).isEqualTo(fits);
    assertThat(bytes).isEqualTo(bytesOf(parts, value));
    assertThat(Bytes.read(serializer, bytes)).isEqualTo(value);
    assertThat(parts.read(new DataInputStream(new ByteArrayInputStream(bytes)))).isEqualTo(value);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Each meets values of its own field only.
  private static TypeSerializer<Object>[] serializersOf(StructSerializer<?> serializer) {
    return serializer.parts().toArray(new TypeSerializer[0]);
  }

  private static <T> byte[] bytesOf(StructSerializer.Form<T> form, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    form.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
