package dev.weir.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ManifestCodecTest {
  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    CheckpointManifest read = ManifestCodec.decode(ManifestCodec.encode(manifest()));

    assertThat(read).usingRecursiveComparison().isEqualTo(manifest());
  }

  @Test
  void shouldWriteVersionOneForEver() throws IOException {
    byte[] golden = golden();

    assertThat(ManifestCodec.encode(manifest())).isEqualTo(golden);
    assertThat(ManifestCodec.decode(golden)).usingRecursiveComparison().isEqualTo(manifest());
  }

  @Test
  void shouldRefuseEveryTruncationAndEveryFlippedBit() {
    byte[] bytes = ManifestCodec.encode(manifest());
    for (int i = 0; i < bytes.length; i++) {
      byte[] truncated = Arrays.copyOf(bytes, i);
      byte[] flipped = bytes.clone();
      flipped[i] ^= (byte) (1 << (i % 8));

      assertThatThrownBy(() -> ManifestCodec.decode(truncated)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ManifestCodec.decode(flipped)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldRefuseANewerVersionByItsNumber() {
    byte[] bytes = ManifestCodec.encode(manifest());
    bytes[11] = 2;

    assertThatThrownBy(() -> ManifestCodec.decode(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("version 1", "version 2");
  }

  @Test
  void shouldTrustNoCountEvenUnderARightChecksum() {
    byte[] bytes = ManifestCodec.encode(manifest());
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] hostile = bytes.clone();
      int at = 20 + random.nextInt(bytes.length - 24 - 4);
      int value = random.nextBoolean() ? random.nextInt() : Integer.MAX_VALUE;
      ByteBuffer.wrap(hostile).putInt(at, value);
      seal(hostile);

      assertThatCode(() -> decodeOrRefuse(hostile)).doesNotThrowAnyException();
    }
  }

  private static void decodeOrRefuse(byte[] bytes) {
    try {
      ManifestCodec.decode(bytes);
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static void seal(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
  }

  private static CheckpointManifest manifest() {
    StagePart source = new StagePart(0, new byte[] {1, 2, 3}, List.of());
    StagePart count =
        new StagePart(
            1,
            new byte[0],
            List.of(
                new FileRef("checkpoints/41-2/count-1.base.weir", 1L << 33, 0xCAFEBABE),
                new FileRef("checkpoints/42-3/count-1.delta.weir", 7, 1)));
    return new CheckpointManifest(
        "clickcount", 42, 3, 128, Map.of("clicks", List.of(source), "count", List.of(count)));
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = ManifestCodecTest.class.getResourceAsStream("manifest-1.weir")) {
      return in.readAllBytes();
    }
  }
}
