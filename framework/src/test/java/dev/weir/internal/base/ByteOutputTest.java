package dev.weir.internal.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteOutputTest {
  private final ByteOutput output = new ByteOutput(4);

  @Test
  void shouldForgetWhatIsBehindALength() {
    output.writeLong(7);
    output.truncate(2);
    output.writeByte(5);

    assertThat(output.toByteArray()).containsExactly(0, 0, 5);
  }

  @Test
  void shouldNotTruncateToMoreThanThereIs() {
    output.writeShort(7);

    assertThatThrownBy(() -> output.truncate(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 bytes to 3");
    assertThat(output.length()).isEqualTo(2);
  }
}
