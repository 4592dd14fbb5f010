package dev.weir.benchmarks.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClickJsonTest {
  private static final long TIME = 1_795_262_415_123L;

  @Test
  void shouldReadWhatItWrites() {
    Click click = ClickJson.parse(ClickJson.click(TIME, "/shop"));

    assertThat(click).isEqualTo(new Click(TIME, "/shop"));
  }

  @Test
  void shouldWriteTimesForPeople() {
    String json = new String(ClickJson.click(TIME, "/shop"), StandardCharsets.UTF_8);

    assertThat(json).isEqualTo("{\"timestamp\":\"21-11-2026 12:00:15:123\",\"page\":\"/shop\"}");
  }
}
