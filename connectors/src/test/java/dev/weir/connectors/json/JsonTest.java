package dev.weir.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Json<Click> json = Json.of(Click.class);

  record Click(String page, Instant time, long count) {}

  @Test
  void shouldReadWhatItWrote() {
    Click click = new Click("/home", NOON, 3);

    byte[] bytes = json.serializer().serialize("clicks", click);

    assertThat(text(bytes))
        .isEqualTo("{\"page\":\"/home\",\"time\":\"2026-11-22T12:00:00Z\",\"count\":3}");
    assertThat(json.deserializer().deserialize("clicks", bytes)).isEqualTo(click);
  }

  @Test
  void shouldReadInstantsAsEpochMilliseconds() {
    String millis = "{\"page\":\"/\",\"time\":" + NOON.toEpochMilli() + ",\"count\":1}";

    assertThat(read(millis).time()).isEqualTo(NOON);
  }

  @Test
  void shouldIgnoreUnknownProperties() {
    assertThat(read("{\"new\":{\"deep\":[1]},\"page\":\"/\",\"count\":1}").page()).isEqualTo("/");
  }

  @Test
  void shouldNameThePositionOfMalformedJson() {
    assertThatThrownBy(() -> read("{\"page\":\"/\",\n \"count\":x}"))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("Click")
        .hasMessageContaining("line 2, column");
  }

  @Test
  void shouldRefuseWhatFollowsAValue() {
    assertThatThrownBy(() -> read("{\"page\":\"/\",\"count\":1} {}"))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void shouldReadTheMiddleOfABufferAndLeaveItAsItWas() {
    byte[] bytes = bytes("xx{\"page\":\"/\",\"count\":7}yy");
    ByteBuffer slice = ByteBuffer.wrap(bytes, 2, bytes.length - 4);
    ByteBuffer direct = ByteBuffer.allocateDirect(slice.remaining()).put(slice.duplicate()).flip();

    Click ofSlice = json.deserializer().deserialize("clicks", new RecordHeaders(), slice);
    Click ofDirect = json.deserializer().deserialize("clicks", new RecordHeaders(), direct);

    assertThat(ofSlice.count()).isEqualTo(7);
    assertThat(ofDirect).isEqualTo(ofSlice);
    assertThat(slice.position()).isEqualTo(2);
  }

  @Test
  void shouldKeepNullNull() {
    assertThat(json.serializer().serialize("clicks", null)).isNull();
    assertThat(json.deserializer().deserialize("clicks", (byte[]) null)).isNull();
  }

  private Click read(String text) {
    return json.deserializer().deserialize("clicks", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
