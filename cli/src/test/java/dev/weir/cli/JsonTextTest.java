package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.job.stored.StateRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void shouldWriteARowOnOneLine() {
    StateRow row = new StateRow("count", "windows", "a\nb", OptionalLong.of(9_999), 3L);

    assertThat(JsonText.line(row))
        .isEqualTo(
            "{\"stage\":\"count\",\"table\":\"windows\",\"key\":\"a\\nb\",\"time\":9999,\"value\":3}");
  }

  @Test
  void shouldWriteEveryKindOfValue() {
    assertThat(value(null)).isEqualTo("null");
    assertThat(value(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
    assertThat(value(new BigDecimal("1.50"))).isEqualTo("1.50");
    assertThat(value(Double.NaN)).isEqualTo("\"NaN\"");
    assertThat(value('x')).isEqualTo("\"x\"");
    assertThat(value(Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
    assertThat(value(new byte[] {1, 2})).isEqualTo("{\"@bytes\":\"AQI=\"}");
    assertThat(value(new int[] {1, 2})).isEqualTo("[1,2]");
    assertThat(value(Arrays.asList(1, null))).isEqualTo("[1,null]");
    assertThat(value(Map.of("a", List.of(true)))).isEqualTo("{\"a\":[true]}");
    assertThat(value(Map.of(1, "x"))).isEqualTo("[{\"key\":1,\"value\":\"x\"}]");
  }

  private static String value(Object value) {
    String line = JsonText.line(new StateRow("s", "t", "k", OptionalLong.empty(), value));
    String before = "{\"stage\":\"s\",\"table\":\"t\",\"key\":\"k\",\"value\":";
    assertThat(line).startsWith(before).endsWith("}");
    return line.substring(before.length(), line.length() - 1);
  }
}
