package dev.weir.sample.clickcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ClickEventTest {
  private static final long TIME = Instant.parse("2026-01-01T00:00:00.005Z").toEpochMilli();

  private final JsonMapper json = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767225600005",
        "\"2026-01-01T00:00:00.005Z\"",
        "\"2026-01-01T01:00:00.005+01:00\""
      })
  void shouldReadTimestampAsNumberAndAsText(String timestamp) {
    String text = "{\"timestamp\":" + timestamp + ",\"page\":\"/index\"}";

    ClickEvent click = json.readValue(text, ClickEvent.class);

    assertThat(click).isEqualTo(new ClickEvent(TIME, "/index"));
  }

  @Test
  void shouldReadBackWhatItWrites() {
    ClickEvent click = new ClickEvent(TIME, "/shop");

    byte[] written = json.writeValueAsBytes(click);

    assertThat(json.readValue(written, ClickEvent.class)).isEqualTo(click);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"page\":\"/index\"}",
        "{\"timestamp\":null,\"page\":\"/index\"}",
        "{\"timestamp\":1.5,\"page\":\"/index\"}",
        "{\"timestamp\":\"\",\"page\":\"/index\"}",
        "{\"timestamp\":\"yesterday\",\"page\":\"/index\"}",
        "{\"timestamp\":\"2026-01-01T00:00:00\",\"page\":\"/index\"}",
        "{\"timestamp\":1}",
        "{\"timestamp\":1,\"page\":null}",
        "not json"
      })
  void shouldRefuseWhatIsNoClick(String text) {
    assertThatThrownBy(() -> json.readValue(text, ClickEvent.class))
        .isInstanceOf(JacksonException.class);
  }
}
