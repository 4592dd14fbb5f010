package dev.weir.serde.ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidPipelineException;
import dev.weir.serde.TypeSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderedSerializersTest {
  private final Random random = new Random(17);

  private enum Size {
    SMALL,
    LARGE,
    MEDIUM
  }

  private record Page(String path) {}

  @Test
  void shouldOrderBytesAsValuesAndReadThemBack() throws IOException {
    assertOrdered(Boolean.class, List.of(false, true));
    assertOrdered(Byte.class, List.of(Byte.MIN_VALUE, (byte) -1, (byte) 0, (byte) 1, (byte) 127));
    assertOrdered(Short.class, List.of(Short.MIN_VALUE, (short) -1, (short) 0, Short.MAX_VALUE));
    assertOrdered(Character.class, List.of('\0', 'a', '\uffff'));
    assertOrdered(Integer.class, random.ints(200).boxed().toList());
    assertOrdered(int.class, List.of(Integer.MIN_VALUE, -1, 0, 1, 255, 256, Integer.MAX_VALUE));
    assertOrdered(Long.class, random.longs(200).boxed().toList());
    assertOrdered(Long.class, List.of(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 256L, Long.MAX_VALUE));
    assertOrdered(
        Double.class,
        List.of(Double.NEGATIVE_INFINITY, -1.5, -0.0, 0.0, Double.MIN_VALUE, 1.5, Double.NaN));
    assertOrdered(Float.class, List.of(-Float.MAX_VALUE, -1f, -0f, 0f, 1f, Float.NaN));
    assertOrdered(Instant.class, List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.EPOCH));
    assertOrdered(Instant.class, List.of(Instant.EPOCH.plusNanos(1), Instant.MAX));
    assertOrdered(Duration.class, List.of(Duration.ofNanos(-1), Duration.ZERO, Duration.ofDays(1)));
    assertOrdered(LocalDate.class, List.of(LocalDate.MIN, LocalDate.EPOCH, LocalDate.MAX));
    assertOrdered(LocalTime.class, List.of(LocalTime.MIN, LocalTime.NOON, LocalTime.MAX));
    assertOrdered(LocalDateTime.class, List.of(LocalDateTime.MIN, LocalDateTime.MAX));
  }

  @Test
  void shouldOrderTextsByTheirCharsWhateverTheyAre() throws IOException {
    List<String> texts =
        new ArrayList<>(List.of("", "\0", "\0\0", "a", "a\0", "a\0b", "ab", "\u007f"));
    texts.addAll(List.of("\u0080", "\u07ff", "\u0800", "\ud800", "\udfff", "\ue000", "\uffff"));
    String chars = "\0\1a\u0080\u0800\ud83d\ude00\uffff";
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(5); length > 0; length--) {
        text.append(chars.charAt(random.nextInt(chars.length())));
      }
      texts.add(text.toString());
    }

    assertOrdered(String.class, texts);
  }

  @Test
  void shouldOrderBytesAsUnsignedNumbers() throws IOException {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] value = new byte[random.nextInt(4)];
      for (int j = 0; j < value.length; j++) {
        value[j] = new byte[] {0, 1, 2, -1}[random.nextInt(4)];
      }
      values.add(value);
    }

    assertOrdered(OrderedSerializers.of(byte[].class), values, Arrays::compareUnsigned);
  }

  @Test
  void shouldOrderEnumsByNameAndUuidsAsTheirText() throws IOException {
    List<UUID> uuids = new ArrayList<>(List.of(new UUID(-1, 0), new UUID(0, -1), new UUID(0, 0)));
    for (int i = 0; i < 100; i++) {
      uuids.add(new UUID(random.nextLong(), random.nextLong()));
    }

    assertOrdered(
        OrderedSerializers.of(Size.class),
        List.of(Size.values()),
        Comparator.comparing(Size::name));
    assertOrdered(OrderedSerializers.of(UUID.class), uuids, Comparator.comparing(UUID::toString));
  }

  @Test
  void shouldWriteBeginningsOfTextsOnly() throws IOException {
    OrderedSerializer<String> texts = OrderedSerializers.of(String.class);
    ByteArrayOutputStream prefix = new ByteArrayOutputStream();
    texts.serializePrefix("ab", new DataOutputStream(prefix));

    assertThat(hex(prefix.toByteArray())).isEqualTo("6162");
    assertThatThrownBy(
            () ->
                OrderedSerializers.of(Long.class).serializePrefix(1L, new DataOutputStream(prefix)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("ordered \"long\"");
  }

  @Test
  void shouldWriteTheSameBytesForEver() throws IOException {
    assertThat(hex(bytes(OrderedSerializers.of(Long.class), -2L))).isEqualTo("7ffffffffffffffe");
    assertThat(hex(bytes(OrderedSerializers.of(Integer.class), 1))).isEqualTo("80000001");
    assertThat(hex(bytes(OrderedSerializers.of(Double.class), -1.0))).isEqualTo("400fffffffffffff");
    assertThat(hex(bytes(OrderedSerializers.of(String.class), "a\0\u00e9\ud83d")))
        .isEqualTo("610001c3a9eda0bd0000");
    assertThat(hex(bytes(OrderedSerializers.of(byte[].class), new byte[] {0, -1})))
        .isEqualTo("0001ff0000");
    assertThat(hex(bytes(OrderedSerializers.of(Size.class), Size.SMALL)))
        .isEqualTo("534d414c4c0000");
    assertThat(hex(bytes(OrderedSerializers.of(Instant.class), Instant.ofEpochSecond(1, 2))))
        .isEqualTo("800000000000000100000002");
  }

  @Test
  void shouldRefuseTypesWithoutAnOrder() {
    assertThatThrownBy(() -> OrderedSerializers.of(Page.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("Page", "MapStateDescriptor");
  }

  private static <T extends Comparable<? super T>> void assertOrdered(Class<T> type, List<T> values)
      throws IOException {
    assertOrdered(OrderedSerializers.of(type), values, Comparator.naturalOrder());
  }

  private static <T> void assertOrdered(
      OrderedSerializer<T> serializer, List<T> values, Comparator<T> order) throws IOException {
    for (T left : values) {
      byte[] bytes = bytes(serializer, left);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      assertThat(order.compare(serializer.deserialize(in), left)).as("%s", left).isZero();
      assertThat(in.available()).isZero();
      for (T right : values) {
        assertThat(Integer.signum(Arrays.compareUnsigned(bytes, bytes(serializer, right))))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(order.compare(left, right)));
      }
    }
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
