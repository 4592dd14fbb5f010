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
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManifestCodecTest {
  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    CheckpointManifest read = ManifestCodec.decode(ManifestCodec.encode(manifest()));

    assertThat(read).usingRecursiveComparison().isEqualTo(manifest());
  }

  @Test
  void shouldWriteVersionTwoForEver() throws IOException {
    byte[] golden = golden();

    assertThat(ManifestCodec.encode(manifest())).isEqualTo(golden);
    assertThat(ManifestCodec.decode(golden)).usingRecursiveComparison().isEqualTo(manifest());
  }

  @Tag("S41")
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

  @Tag("N17")
  @Test
  void shouldRefuseANewerVersionByItsNumber() {
    byte[] bytes = ManifestCodec.encode(manifest());
    bytes[11] = 3;

    assertThatThrownBy(() -> ManifestCodec.decode(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("version 2", "version 3");
  }

  @Tag("N17")
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
                new FileRef("checkpoints/42-3/state.weir", 1 << 20, 7, 1)));
    Lineage lineage =
        Lineage.NONE.with(new Lineage.Run(2, 1_000, 0)).with(new Lineage.Run(3, 2_000, 42));
    SharedBase base =
        new SharedBase(
            5,
            40,
            List.of(
                new SharedBase.NamedFile(
                    "000012.sst", new FileRef("bases/5-2/000012.sst.weir", 1L << 26, 9)),
                new SharedBase.NamedFile(
                    "CURRENT", new FileRef("bases/5-2/database.weir", 16, 3))));
    return new CheckpointManifest(
        "clickcount",
        42,
        3,
        128,
        lineage,
        Map.of("clicks", List.of(source), "count", List.of(count)),
        Optional.of(base));
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = ManifestCodecTest.class.getResourceAsStream("manifest-2.weir")) {
      return in.readAllBytes();
    }
  }
}
