package dev.weir.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.serde.TypeSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonStateSerializerTest {
  record Order(String customer, int amount, List<String> tags) {}

  record Renewed(String customer, long amount, String note) {}

  private final TypeSerializer<Order> serializer = Json.of(Order.class).stateSerializer();

  @Test
  void shouldWriteValuesAsJsonBehindTheirLength() throws IOException {
    Order order = new Order("Ada", 5, List.of("x"));

    byte[] bytes = bytesOf(order);

    assertThat(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8))
        .isEqualTo("{\"customer\":\"Ada\",\"amount\":5,\"tags\":[\"x\"]}");
    assertThat(bytes[0]).isEqualTo((byte) (bytes.length - 1));
    assertThat(serializer.deserialize(inputOf(bytes))).isEqualTo(order);
    assertThat(Schema.parse(serializer.schema().text())).isEqualTo(serializer.schema());
  }

  @Test
  void shouldReadWhatAnotherClassWrote() throws IOException {
    TypeSerializer<Renewed> renewed = Json.of(Renewed.class).stateSerializer();

    Resolution<Renewed> resolution = renewed.resolve(serializer.schema());

    assertThat(resolution.mismatches()).isEmpty();
    assertThat(
            ((Resolution.Resolved<Renewed>) resolution)
                .reader()
                .read(inputOf(bytesOf(new Order("Ada", 5, List.of())))))
        .isEqualTo(new Renewed("Ada", 5, null));
    assertThat(renewed.resolve(Schema.Basic.LONG).mismatches()).hasSize(1);
  }

  @Test
  void shouldCopyDeeply() {
    Order order = new Order("Ada", 5, new ArrayList<>(List.of("x")));

    serializer.copy(order).tags().clear();

    assertThat(order.tags()).containsExactly("x");
  }

  @Test
  void shouldAnswerWhatIsNoJsonOfTheTypeWithAnIoException() {
    for (byte[] bytes : List.of(new byte[] {}, new byte[] {3, 'a'}, new byte[] {1, '{'})) {
      assertThatThrownBy(() -> serializer.deserialize(inputOf(bytes)))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> serializer.deserialize(inputOf(new byte[] {4, 'n', 'u', 'l', 'l'})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found null");
  }

  private byte[] bytesOf(Order order) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(order, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream inputOf(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
