package dev.weir.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.time.TumblingWindows;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTextTest {
  @ParameterizedTest
  @CsvSource({
    "10000,0,tumbling 10s",
    "1,0,tumbling 1ms",
    "1500,250,tumbling 1500ms offset 250ms",
    "90000,0,tumbling 90s",
    "900000,0,tumbling 15min",
    "3600000,1800000,tumbling 1h offset 30min",
    "86400000,79200000,tumbling 1d offset 22h"
  })
  void shouldSaySizeAndOffset(long sizeMillis, long offsetMillis, String text) {
    assertThat(WindowText.of(new TumblingWindows(sizeMillis, offsetMillis))).isEqualTo(text);
  }

  @Test
  void shouldTellAllWindowsApart() {
    Set<String> texts = new HashSet<>();
    int windows = 0;
    for (long size : new long[] {1_000, 1_001, 60_000, 61_000, 3_600_000, 7_200_000, 86_400_000}) {
      for (long offset : new long[] {0, 1, 100, 999}) {
        texts.add(WindowText.of(new TumblingWindows(size, offset)));
        windows++;
      }
    }

    assertThat(texts).hasSize(windows);
  }
}
