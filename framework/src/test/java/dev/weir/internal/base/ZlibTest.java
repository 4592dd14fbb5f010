package dev.weir.internal.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZlibTest {
  @Test
  void shouldGiveBackWhatWasWrittenInFewerBytes() throws IOException {
    byte[] content = "the same again, ".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    byte[] packed = packed(content);

    assertThat(packed.length).isLessThan(content.length / 50);
    assertThat(Zlib.contentOf(packed)).isEqualTo(content);
  }

  @Test
  void shouldGiveBackEveryLengthOfWhatDoesNotShrink() throws IOException {
    Random random = new Random(7);
    for (int length : new int[] {0, 1, 7, 8, 9, 65_535, 65_536, 65_537, 300_000}) {
      byte[] content = new byte[length];
      random.nextBytes(content);

      byte[] packed = packed(content);

      assertThat(packed.length).isLessThan(length + 200);
      assertThat(Zlib.contentOf(packed)).isEqualTo(content);
    }
  }

  @Test
  void shouldReadAsItIsWhatDoesNotSayThatItIsCompressed() throws IOException {
    for (String content : new String[] {"", "WEIR", "WEIRROWS", "WEIRROWS and more"}) {
      assertThat(Zlib.contentOf(content.getBytes(StandardCharsets.UTF_8)))
          .asString()
          .isEqualTo(content);
    }
  }

  @Test
  void shouldRefuseWhatIsCutShortOrGoesOnBehindItsEnd() throws IOException {
    byte[] packed = packed("the same again, ".repeat(10_000).getBytes(StandardCharsets.UTF_8));

    for (int length = 9; length < packed.length; length += 13) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> Zlib.contentOf(cut)).isInstanceOf(IOException.class);
    }
    for (int more : new int[] {1, 100_000}) {
      byte[] longer = Arrays.copyOf(packed, packed.length + more);
      assertThatThrownBy(() -> Zlib.contentOf(longer))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found more");
    }
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Zlib.write(out, data -> data.write(content));
    return out.toByteArray();
  }
}
