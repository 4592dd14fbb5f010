package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidPipelineException;
import dev.weir.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StreamCorruptedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeSerializersTest {
  enum Color {
    RED,
    GREEN
  }

  record Click(String page, long time) {}

  record Pair<A, B>(A first, B second) {}

  record Order(
      UUID id,
      Color color,
      Optional<String> note,
      List<Click> clicks,
      Map<String, Set<Integer>> tags,
      Pair<String, Long> pair,
      int count,
      byte[] raw) {}

  record Tree(String name, List<Tree> children) {}

  record Endless<A>(Endless<List<A>> next) {}

  record Ends(Endless<String> endless) {}

  record Holder(Object anything) {}

  record Outer(Holder holder) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("not positive");
      }
    }
  }

  record Nine(Long a, Long b, Long c, Long d, Long e, Long f, Long g, Long h, Long i) {}

  @Test
  void shouldWriteAndReadRecords() throws IOException {
    TypeSerializer<Click> serializer = TypeSerializers.of(Click.class);

    byte[] bytes = Bytes.of(serializer, new Click("/home", 42));
    Click read = Bytes.read(serializer, bytes);

    assertThat(read).isEqualTo(new Click("/home", 42));
    assertThat(serializer.schema().text()).isEqualTo("record Click(page:string?,time:long)");
    assertThat(serializer.isImmutable()).isTrue();
  }

  static Stream<Arguments> scalars() {
    LocalDate date = LocalDate.of(2026, 11, 22);
    LocalTime time = LocalTime.of(17, 10, 25, 123_456_789);
    return Stream.of(
        Arguments.of(boolean.class, true, "boolean", "01"),
        Arguments.of(Byte.class, (byte) -2, "byte", "fe"),
        Arguments.of(short.class, (short) 258, "short", "0102"),
        Arguments.of(Character.class, 'ä', "char", "00e4"),
        Arguments.of(int.class, -1, "int", "ffffffff"),
        Arguments.of(Long.class, 1L << 40, "long", "0000010000000000"),
        Arguments.of(float.class, 1.5f, "float", "3fc00000"),
        Arguments.of(Double.class, -0.0, "double", "8000000000000000"),
        Arguments.of(String.class, "aä€", "string", "0761c3a4e282ac"),
        Arguments.of(String.class, "", "string", "01"),
        Arguments.of(String.class, "a\uD800?", "string", "00060061d800003f"),
        Arguments.of(BigInteger.class, BigInteger.valueOf(-256), "integer", "02ff00"),
        Arguments.of(BigDecimal.class, new BigDecimal("1.50"), "decimal", "00000002020096"),
        Arguments.of(UUID.class, new UUID(1, 2), "uuid", "00000000000000010000000000000002"),
        Arguments.of(
            Instant.class, Instant.ofEpochSecond(-1, 5), "instant", "ffffffffffffffff00000005"),
        Arguments.of(
            Duration.class, Duration.ofMillis(1001), "duration", "0000000000000001000f4240"),
        Arguments.of(LocalDate.class, date, "date", "000000000000512b"),
        Arguments.of(LocalTime.class, time, "time", "0000383ac8859715"),
        Arguments.of(
            LocalDateTime.class, date.atTime(time), "datetime", "000000000000512b0000383ac8859715"),
        Arguments.of(
            OffsetDateTime.class,
            date.atTime(time).atOffset(ZoneOffset.ofHours(-1)),
            "offset-datetime",
            "000000000000512b0000383ac8859715fffff1f0"),
        Arguments.of(
            ZonedDateTime.class,
            date.atTime(time).atZone(ZoneId.of("Europe/Paris")),
            "zoned-datetime",
            "000000000000512b0000383ac885971500000e100d4575726f70652f5061726973"),
        Arguments.of(Color.class, Color.GREEN, "enum Color(RED,GREEN)", "06475245454e"));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void shouldWriteScalarsInTheSameBytesForEver(
      Class<Object> type, Object value, String schema, String hex) throws IOException {
    TypeSerializer<Object> serializer = TypeSerializers.of(type);

    byte[] bytes = Bytes.of(serializer, value);

    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
    assertThat(Bytes.read(serializer, bytes)).isEqualTo(value);
    assertThat(serializer.schema().text()).isEqualTo(schema);
    assertThat(Schema.parse(schema)).isEqualTo(serializer.schema());
    assertThat(serializer.copy(value)).isSameAs(value);
  }

  @Test
  void shouldWriteRecordsWithPartsInTheSameBytesForEver() throws IOException {
    TypeSerializer<Order> serializer = TypeSerializers.of(Order.class);

    byte[] bytes = Bytes.of(serializer, order());

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "02" // color is null
                + "00000000000000070000000000000008"
                + "01036869"
                + "0100032f610000000000000001"
                + "02"
                + "0261"
                + "020000000100000002"
                + "0262"
                + "00"
                + "0002700000000000000009"
                + "00000003"
                + "020102");
  }

  @Test
  void shouldReadRecordsWithPartsBack() throws IOException {
    TypeSerializer<Order> serializer = TypeSerializers.of(Order.class);

    Order read = Bytes.read(serializer, Bytes.of(serializer, order()));

    assertThat(read).usingRecursiveComparison().ignoringCollectionOrder().isEqualTo(order());
    assertThat(serializer.isImmutable()).isFalse();
    assertThat(serializer.schema().text())
        .isEqualTo(
            "record Order(id:uuid?,color:enum Color(RED,GREEN)?,note:optional<string>?,"
                + "clicks:list<record Click(page:string?,time:long)>?,"
                + "tags:map<string,set<int>>?,pair:record Pair(first:string?,second:long?)?,"
                + "count:int,raw:bytes?)");
    assertThat(Schema.parse(serializer.schema().text())).isEqualTo(serializer.schema());
  }

  @Test
  void shouldCopyWhatMayChange() {
    TypeSerializer<Order> serializer = TypeSerializers.of(Order.class);
    Order original = order();

    Order copy = serializer.copy(original);
    copy.clicks().clear();
    copy.tags().get("a").clear();
    copy.raw()[0] = 99;

    assertThat(original).usingRecursiveComparison().isEqualTo(order());
  }

  @Test
  void shouldKeepNullComponentsBeyondOneByteOfBits() throws IOException {
    TypeSerializer<Nine> serializer = TypeSerializers.of(Nine.class);
    Nine nine = new Nine(null, 1L, 2L, 3L, 4L, 5L, 6L, null, null);

    byte[] bytes = Bytes.of(serializer, nine);

    assertThat(Bytes.read(serializer, bytes)).isEqualTo(nine);
    assertThat(bytes).hasSize(2 + 6 * Long.BYTES);
  }

  @Test
  void shouldGiveEqualBytesForEqualSetsAndMapsInAnyOrder() throws IOException {
    TypeSerializer<Set<String>> sets = TypeSerializers.setOf(TypeSerializers.of(String.class));
    TypeSerializer<Map<String, Integer>> maps =
        TypeSerializers.mapOf(TypeSerializers.of(String.class), TypeSerializers.of(Integer.class));
    Map<String, Integer> forth = new LinkedHashMap<>(Map.of("a", 1));
    forth.put("b", 2);
    Map<String, Integer> back = new LinkedHashMap<>(Map.of("b", 2));
    back.put("a", 1);

    byte[] one = Bytes.of(sets, new LinkedHashSet<>(List.of("x", "yy", "z")));
    byte[] other = Bytes.of(sets, new LinkedHashSet<>(List.of("z", "x", "yy")));

    assertThat(one).isEqualTo(other);
    assertThat(Bytes.of(maps, forth)).isEqualTo(Bytes.of(maps, back));
    assertThat(Bytes.read(maps, Bytes.of(maps, forth))).isEqualTo(back);
  }

  @Test
  void shouldGiveUnequalBytesForStringsThatUtf8CannotTellApart() throws IOException {
    TypeSerializer<String> serializer = TypeSerializers.of(String.class);

    byte[] lone = Bytes.of(serializer, "\uD800");
    byte[] other = Bytes.of(serializer, "\uDC00");

    assertThat(lone).isNotEqualTo(other).isNotEqualTo(Bytes.of(serializer, "?"));
    assertThat(Bytes.read(serializer, lone)).isEqualTo("\uD800");
  }

  @Test
  void shouldWriteStringsOfAnyLength() throws IOException {
    TypeSerializer<String> serializer = TypeSerializers.of(String.class);
    for (int length : new int[] {126, 127, 128, 65_535, 65_536, 1 << 21}) {
      String value = "x".repeat(length);

      String read = Bytes.read(serializer, Bytes.of(serializer, value));

      assertThat(read).hasSize(length).isEqualTo(value);
    }
  }

  @Test
  void shouldMeetTheEndBeforeADamagedLengthTakesTheMemory() {
    byte[] twoGigabytes = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 1, 2, 3};

    assertThatThrownBy(() -> Bytes.read(TypeSerializers.of(byte[].class), twoGigabytes))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(
            () -> Bytes.read(TypeSerializers.listOf(TypeSerializers.of(Long.class)), twoGigabytes))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void shouldRefuseBytesThatAreNoValue() {
    byte[] nano = HexFormat.of().parseHex("7fffffffffffffff7fffffff");
    byte[] unknownConstant = HexFormat.of().parseHex("0541424344");
    byte[] zero = HexFormat.of().parseHex("0000000000");

    assertThatThrownBy(() -> Bytes.read(TypeSerializers.of(Instant.class), nano))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("instant");
    assertThatThrownBy(() -> Bytes.read(TypeSerializers.of(Color.class), unknownConstant))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContainingAll("Color", "ABCD");
    assertThatThrownBy(() -> Bytes.read(TypeSerializers.of(Positive.class), zero))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("not positive");
  }

  @Test
  void shouldNameThePartThatHasNoSerializer() {
    assertThatThrownBy(() -> TypeSerializers.of(Outer.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("Outer.holder.anything", "java.lang.Object", "TypeSerializer");
    assertThatThrownBy(() -> TypeSerializers.of(Tree.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("Tree.children", "contains itself");
    assertThatThrownBy(() -> TypeSerializers.of(Ends.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("Ends.endless.next", "contains itself");
    assertThatThrownBy(() -> TypeSerializers.of(Pair.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("Pair", "type parameters");
    assertThatThrownBy(() -> TypeSerializers.of(List.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("listOf");
    assertThatThrownBy(() -> TypeSerializers.of(Thread.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void shouldRefuseNullInsideCollections() {
    TypeSerializer<List<String>> lists = TypeSerializers.listOf(TypeSerializers.of(String.class));

    assertThatThrownBy(() -> Bytes.of(lists, new ArrayList<>(Arrays.asList("a", null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("list<string>", "null");
  }

  @Test
  void shouldRefuseArraysInKeysAtAnyDepth() {
    TypeSerializer<Order> records = TypeSerializers.of(Order.class);

    assertThatThrownBy(() -> TypeSerializers.requireKey(TypeSerializers.of(byte[].class)))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("bytes");
    assertThatThrownBy(() -> TypeSerializers.requireKey(TypeSerializers.optionalOf(records)))
        .isInstanceOf(InvalidPipelineException.class);
    assertThat(TypeSerializers.requireKey(TypeSerializers.of(Click.class)))
        .isEqualTo(TypeSerializers.of(Click.class));
  }

  @Test
  void shouldSurviveBeingShipped() throws Exception {
    TypeSerializer<Order> serializer = TypeSerializers.of(Order.class);
    ByteArrayOutputStream shipped = new ByteArrayOutputStream();

    try (ObjectOutputStream out = new ObjectOutputStream(shipped)) {
      out.writeObject(serializer);
    }
    Object arrived =
        new ObjectInputStream(new ByteArrayInputStream(shipped.toByteArray())).readObject();

    assertThat(arrived).isEqualTo(serializer);
    assertThat(Bytes.of(cast(arrived), order())).isEqualTo(Bytes.of(serializer, order()));
  }

  @SuppressWarnings("unchecked") // It was one when it was shipped.
  private static TypeSerializer<Order> cast(Object serializer) {
    return (TypeSerializer<Order>) serializer;
  }

  private static Order order() {
    Map<String, Set<Integer>> tags = new LinkedHashMap<>();
    tags.put("b", new LinkedHashSet<>());
    tags.put("a", new LinkedHashSet<>(List.of(2, 1)));
    return new Order(
        new UUID(7, 8),
        null,
        Optional.of("hi"),
        new ArrayList<>(List.of(new Click("/a", 1))),
        tags,
        new Pair<>("p", 9L),
        3,
        new byte[] {1, 2});
  }
}
