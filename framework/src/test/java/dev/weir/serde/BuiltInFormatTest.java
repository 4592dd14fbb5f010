package dev.weir.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import dev.weir.schema.ValueReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the bytes of every built-in type. */
class BuiltInFormatTest {
  private static final int VALUES_IN_FILE = 4;

  static Stream<Samples.Sample<?>> samples() {
    return Samples.all().stream();
  }

  /** The file is never made again: what it holds may be in someone's checkpoint. */
  @Test
  void shouldWriteAndReadVersionOneForEver() throws IOException {
    List<String> golden = goldenLines("built-in-1.txt");

    List<String> lines = new ArrayList<>();
    for (Samples.Sample<?> sample : Samples.all()) {
      lines.addAll(lines(sample));
    }

    assertThat(lines).isEqualTo(golden);
    for (int i = 0; i < golden.size(); i++) {
      Samples.Sample<?> sample = Samples.all().get(i / VALUES_IN_FILE);
      checkReads(sample, golden.get(i), i % VALUES_IN_FILE);
    }
  }

  private static List<String> goldenLines(String name) throws IOException {
    try (InputStream in = BuiltInFormatTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static <T> List<String> lines(Samples.Sample<T> sample) throws IOException {
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    List<String> lines = new ArrayList<>();
    for (int seed = 0; seed < VALUES_IN_FILE; seed++) {
      byte[] bytes = Bytes.of(serializer, sample.value().apply(new Random(seed)));
      lines.add(serializer.schema().text() + " = " + HexFormat.of().formatHex(bytes));
    }
    return lines;
  }

  private static <T> void checkReads(Samples.Sample<T> sample, String line, int seed)
      throws IOException {
    int separator = line.lastIndexOf(" = ");
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    Schema schema = Schema.parse(line.substring(0, separator));
    byte[] bytes = HexFormat.of().parseHex(line.substring(separator + 3));

    Resolution<T> resolution = serializer.resolve(schema);

    assertThat(resolution).isInstanceOf(Resolution.Resolved.class);
    ValueReader<T> reader = ((Resolution.Resolved<T>) resolution).reader();
    assertSame(Bytes.read(reader, bytes), sample.value().apply(new Random(seed)), line);
  }

  private static void assertSame(Object actual, Object expected, String description) {
    assertThat(new Object[] {actual})
        .as(description)
        .usingElementComparator((a, b) -> Arrays.deepEquals(arrayOf(a), arrayOf(b)) ? 0 : 1)
        .containsExactly(expected);
  }

  private static Object[] arrayOf(Object value) {
    return new Object[] {value};
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void shouldReadEveryValueThatItWrites(Samples.Sample<T> sample) throws IOException {
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    for (long seed = 0; seed < 300; seed++) {
      T value = sample.value().apply(new Random(seed));

      byte[] bytes = Bytes.of(serializer, value);

      assertSame(Bytes.read(serializer, bytes), value, "seed " + seed);
      assertSame(serializer.copy(value), value, "copy, seed " + seed);
      assertThat(bytes).as("every value has a byte").isNotEmpty();
      assertThat(Bytes.of(serializer, Bytes.read(serializer, bytes))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void shouldPassOverEveryValueByItsSchemaAlone(Samples.Sample<T> sample) throws IOException {
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    ValueReader<?> skipping =
        GenericValues.skipping(Schema.parse(serializer.schema().text())).orElseThrow();
    for (long seed = 0; seed < 50; seed++) {
      byte[] bytes = Bytes.of(serializer, sample.value().apply(new Random(seed)));

      Bytes.read(skipping, bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void shouldAnswerTruncatedBytesWithTheEnd(Samples.Sample<T> sample) throws IOException {
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    for (long seed = 0; seed < 30; seed++) {
      byte[] bytes = Bytes.of(serializer, sample.value().apply(new Random(seed)));
      for (int length = 0; length < bytes.length; length++) {
        byte[] shorter = Arrays.copyOf(bytes, length);

        assertThat(failure(serializer, shorter))
            .as("seed %s", seed)
            .isInstanceOf(EOFException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  <T> void shouldAnswerHostileBytesWithAnIoExceptionAtMost(Samples.Sample<T> sample)
      throws IOException {
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] hostile = Bytes.of(serializer, sample.value().apply(new Random(seed % 20)));
      for (int i = 0; i < 3; i++) {
        hostile[random.nextInt(hostile.length)] = (byte) (i == 0 ? 0xFF : random.nextInt());
      }

      Throwable failure = failure(serializer, hostile);

      assertThat(failure == null || failure instanceof IOException)
          .as("seed %s gave %s", seed, failure)
          .isTrue();
    }
  }

  /** With a heap of a gigabyte, trusting one of these lengths would end the test. */
  @ParameterizedTest
  @MethodSource("samples")
  <T> void shouldNotTrustALengthOfTwoGigabytes(Samples.Sample<T> sample) throws IOException {
    TypeSerializer<T> serializer = TypeSerializers.of(sample.type());
    for (int offset = 0; offset < 8; offset++) {
      byte[] hostile = new byte[offset + 12];
      byte[] length = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07};
      System.arraycopy(length, 0, hostile, offset, length.length);

      Throwable failure = failure(serializer, hostile);

      assertThat(failure == null || failure instanceof IOException)
          .as("offset %s gave %s", offset, failure)
          .isTrue();
    }
  }

  private static Throwable failure(TypeSerializer<?> serializer, byte[] bytes) {
    try {
      var in = new java.io.DataInputStream(new java.io.ByteArrayInputStream(bytes));
      serializer.deserialize(in);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }
}
