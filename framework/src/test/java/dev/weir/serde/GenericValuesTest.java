package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenericValuesTest {
  enum Color {
    RED
  }

  sealed interface Shape {}

  record Circle(int radius) implements Shape {}

  record Dot() implements Shape {}

  record All(
      String name,
      Color color,
      List<Shape> shapes,
      Map<String, Long> counts,
      Set<Integer> few,
      Optional<Instant> at,
      Optional<String> none,
      long[] longs,
      Double missing) {}

  @Test
  void shouldReadWithoutTheClassesWhatWasWrittenWithThem() throws IOException {
    All written =
        new All(
            "a",
            Color.RED,
            List.of(new Circle(3), new Dot()),
            Map.of("x", 7L),
            Set.of(5),
            Optional.of(Instant.EPOCH),
            Optional.empty(),
            new long[] {1, 2},
            null);

    Object read = read(TypeSerializers.of(All.class), written);

    assertThat(read).isInstanceOf(Map.class);
    Map<?, ?> fields = (Map<?, ?>) read;
    assertThat(fields.keySet())
        .map(Object::toString)
        .containsExactly(
            "name", "color", "shapes", "counts", "few", "at", "none", "longs", "missing");
    assertThat(fields.get("name")).isEqualTo("a");
    assertThat(fields.get("color")).isEqualTo("RED");
    assertThat(fields.get("shapes"))
        .isEqualTo(
            List.of(Map.of(GenericValues.CASE, "Circle", "radius", 3), Map.of("@case", "Dot")));
    assertThat(fields.get("counts")).isEqualTo(Map.of("x", 7L));
    assertThat(fields.get("few")).isEqualTo(List.of(5));
    assertThat(fields.get("at")).isEqualTo(Instant.EPOCH);
    assertThat(fields.get("none")).isNull();
    assertThat(fields.get("longs")).isEqualTo(new long[] {1, 2});
    assertThat(fields.get("missing")).isNull();
  }

  @Test
  void shouldGiveTheBytesOfWhatOnlyASerializerOfOnesOwnCanRead() throws IOException {
    Schema own = Schema.custom("mine");
    Schema behind =
        new Schema.RecordOf(
            "Pair",
            List.of(
                new Schema.Field("number", Schema.Basic.BYTE, false),
                new Schema.Field("mine", own, false)));
    Schema before =
        new Schema.RecordOf(
            "Pair",
            List.of(
                new Schema.Field("mine", own, false),
                new Schema.Field("number", Schema.Basic.BYTE, false)));
    byte[] bytes = {1, 2, 3};

    assertThat(GenericValues.of(own).decode(bytes)).isEqualTo(bytes);
    assertThat((Map<?, ?>) GenericValues.of(behind).decode(bytes))
        .satisfies(map -> assertThat(map.get("number")).isEqualTo((byte) 1))
        .satisfies(map -> assertThat(map.get("mine")).isEqualTo(new byte[] {2, 3}));
    assertThat(GenericValues.of(before).decode(bytes)).as("nobody knows").isEqualTo(bytes);
  }

  @Test
  void shouldRefuseBytesThatDoNotFit() throws IOException {
    GenericValues longs = GenericValues.of(Schema.Basic.LONG);

    assertThatThrownBy(() -> longs.decode(new byte[7])).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> longs.decode(new byte[9]))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("1 bytes behind it");
  }

  private static <T> Object read(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(value, new DataOutputStream(bytes));
    byte[] written = bytes.toByteArray();
    return GenericValues.of(Schema.parse(serializer.schema().text()))
        .decode(Arrays.copyOf(written, written.length));
  }
}
