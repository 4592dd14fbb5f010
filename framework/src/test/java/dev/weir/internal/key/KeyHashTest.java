package dev.weir.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidPipelineException;
import dev.weir.serde.TypeSerializers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {
  enum Color {
    RED,
    GREEN
  }

  record Click(String page, long time) {}

  @Test
  void shouldBeTheSameForEver() {
    UUID uuid = new UUID(0x0123456789abcdefL, 0x8edcba9876543210L);
    Instant instant = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);

    assertThat(hash(String.class, "/home")).isEqualTo(46613902);
    assertThat(hash(Integer.class, 42)).isEqualTo(42);
    assertThat(hash(Long.class, 1L << 40 | 5)).isEqualTo(261);
    assertThat(hash(Short.class, (short) -3)).isEqualTo(-3);
    assertThat(hash(Byte.class, (byte) 7)).isEqualTo(7);
    assertThat(hash(Character.class, 'x')).isEqualTo(120);
    assertThat(hash(Boolean.class, true)).isEqualTo(1231);
    assertThat(hash(UUID.class, uuid)).isEqualTo(0x70000000);
    assertThat(hash(Instant.class, instant)).isEqualTo(-593638353);
    assertThat(hash(LocalDate.class, LocalDate.of(2026, 11, 22))).isEqualTo(1159713833);
    assertThat(hash(Color.class, Color.GREEN)).isEqualTo(244888525);
    assertThat(hash(Click.class, new Click("/home", 42))).isEqualTo(-1801564397);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "test, ba6bd213",
    "'Hello, world!', c0363e43",
    "The quick brown fox jumps over the lazy dog, 2e4ff723",
  })
  void shouldAgreeWithPublishedMurmur3(String text, String hash) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

    assertThat(Integer.toHexString(Murmur3.hash(bytes, bytes.length))).isEqualTo(hash);
  }

  @Test
  void shouldRefuseArraysAsKeys() {
    assertThatThrownBy(() -> KeyHash.of(TypeSerializers.of(byte[].class)))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("Keys cannot be written as bytes");
  }

  private static <K> int hash(Class<K> type, K key) {
    return KeyHash.of(TypeSerializers.of(type)).hash(key);
  }
}
