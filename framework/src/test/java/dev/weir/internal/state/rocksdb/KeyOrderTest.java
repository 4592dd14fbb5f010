package dev.weir.internal.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOrderTest {
  @Test
  void shouldOrderKeysByTheirBytes() {
    assertThat(KeyOrder.of(keys("b", "a", "", "ab", "\u00e9", "a")))
        .containsExactly(2, 1, 5, 3, 0, 4);
    assertThat(KeyOrder.of(keys())).isEmpty();
    assertThat(KeyOrder.of(keys("one"))).containsExactly(0);
  }

  /** With few values of a byte many keys are alike for long, and many are equal. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 256})
  void shouldOrderKeysHoweverMuchTheyHaveInCommon(int valuesOfAByte) {
    Random random = new Random(valuesOfAByte);
    for (int round = 0; round < 300; round++) {
      int common = random.nextInt(12);
      byte[][] keys = new byte[random.nextInt(200)][];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = new byte[common + random.nextInt(20)];
        for (int at = common; at < keys[i].length; at++) {
          keys[i][at] = (byte) random.nextInt(valuesOfAByte);
        }
      }

      int[] order = KeyOrder.of(keys);

      int[] expected =
          IntStream.range(0, keys.length)
              .boxed()
              .sorted(Comparator.comparing(i -> keys[i], Arrays::compareUnsigned))
              .mapToInt(i -> i)
              .toArray();
      assertThat(order).as("round %s", round).containsExactly(expected);
    }
  }

  private static byte[][] keys(String... texts) {
    return Stream.of(texts)
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
