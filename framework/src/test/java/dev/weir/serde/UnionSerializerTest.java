package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidPipelineException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnionSerializerTest {
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  sealed interface Angular extends Shape {}

  record Polygon(List<Integer> sides) implements Angular {}

  record Dot() implements Angular {}

  sealed interface Open {}

  static final class NoRecord implements Open {}

  sealed interface Ambiguous {}

  static final class One {
    record Same() implements Ambiguous {}
  }

  static final class Two {
    record Same() implements Ambiguous {}
  }

  @Test
  void shouldWriteTheNameOfTheRecordAndTheRecord() throws IOException {
    TypeSerializer<Shape> serializer = TypeSerializers.of(Shape.class);

    for (Shape shape : List.of(new Circle(1.5), new Polygon(List.of(3, 4)), new Dot())) {
      assertThat(Bytes.read(serializer, Bytes.of(serializer, shape))).isEqualTo(shape);
    }
    assertThat(serializer.schema().text())
        .isEqualTo(
            "union Shape(record Circle(radius:double),record Polygon(sides:list<int>?),record"
                + " Dot())");
  }

  @Test
  void shouldCopyWhatMayChange() {
    TypeSerializer<Shape> serializer = TypeSerializers.of(Shape.class);
    Polygon polygon = new Polygon(new ArrayList<>(List.of(3)));
    Circle circle = new Circle(1);

    Polygon copy = (Polygon) serializer.copy(polygon);
    copy.sides().add(4);

    assertThat(polygon.sides()).containsExactly(3);
    assertThat(serializer.copy(circle)).isSameAs(circle);
    assertThat(serializer.isImmutable()).isFalse();
  }

  @Test
  void shouldRefuseANameThatIsNone() {
    byte[] unknown = {4, 'A', 'B', 'C'};

    assertThatThrownBy(() -> Bytes.read(TypeSerializers.of(Shape.class), unknown))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContainingAll("'ABC'", "Circle");
  }

  @Test
  void shouldRefuseInterfacesOfOtherThingsThanRecords() {
    assertThatThrownBy(() -> TypeSerializers.of(Open.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("NoRecord is no record");
    assertThatThrownBy(() -> TypeSerializers.of(Ambiguous.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("two of its records are named Same");
  }
}
