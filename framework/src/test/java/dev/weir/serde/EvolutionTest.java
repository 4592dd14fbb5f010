package dev.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.error.InvalidPipelineException;
import dev.weir.schema.Change;
import dev.weir.schema.DefaultValue;
import dev.weir.schema.Mismatch;
import dev.weir.schema.RenamedFrom;
import dev.weir.schema.Resolution;
import dev.weir.schema.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvolutionTest {
  /** As it was written. */
  static final class V1 {
    enum Level {
      LOW,
      HIGH
    }

    record Item(String sku, int price) {}

    record Customer(
        String name,
        int age,
        V1.Level level,
        List<V1.Item> items,
        Map<String, V1.Item> favourites,
        Optional<String> note,
        Integer visits,
        String obsolete) {}

    record Key(String name, int part) {}

    sealed interface Shape {}

    record Circle(int radius) implements V1.Shape {}

    record Square(int side) implements V1.Shape {}
  }

  /** Added, removed, widened and renamed fields, at the top and nested. */
  static final class V2 {
    enum Level {
      LOW,
      MIDDLE,
      @RenamedFrom("HIGH")
      TOP
    }

    record Item(String sku, long price, @DefaultValue("EUR") String currency) {}

    record Customer(
        @DefaultValue("PT1S") Duration patience,
        @RenamedFrom("name") String fullName,
        long age,
        V2.Level level,
        List<V2.Item> items,
        Map<String, V2.Item> favourites,
        String note,
        @DefaultValue("-1") int visits,
        List<String> tags,
        double score) {}

    record Key(@RenamedFrom("name") String id, int part) {}

    sealed interface Shape {}

    record Square(long side) implements V2.Shape {}

    @RenamedFrom("Circle")
    record Disc(int radius) implements V2.Shape {}
  }

  /** What cannot be read. */
  static final class V3 {
    enum Level {
      LOW
    }

    record Item(int sku, int price) {}

    record Customer(String name, short age, V3.Level level, List<V3.Item> items) {}

    sealed interface Shape {}

    record Square(int side) implements V3.Shape {}
  }

  /** The fields of a customer again, with setters. */
  public static final class PojoCustomer {
    public String name;
    public long age = 7;
    public String greeting = "hello";
  }

  record Narrow(String name) {}

  record WrongDefault(@DefaultValue("many") int count) {}

  @Test
  void shouldReadFieldsThatWereAddedRemovedWidenedAndRenamed() throws IOException {
    V1.Customer written =
        new V1.Customer(
            "Ada",
            36,
            V1.Level.HIGH,
            List.of(new V1.Item("a", 5)),
            Map.of("x", new V1.Item("b", 6)),
            Optional.of("note"),
            3,
            "gone");

    V2.Customer read = evolved(V1.Customer.class, written, V2.Customer.class);

    assertThat(read)
        .isEqualTo(
            new V2.Customer(
                Duration.ofSeconds(1),
                "Ada",
                36,
                V2.Level.TOP,
                List.of(new V2.Item("a", 5, "EUR")),
                Map.of("x", new V2.Item("b", 6, "EUR")),
                "note",
                3,
                List.of(),
                0.0));
  }

  @Test
  void shouldReadNullsAndEmptyOptionalsAsWhatFits() throws IOException {
    V1.Customer written = new V1.Customer(null, 1, null, null, null, Optional.empty(), null, null);

    V2.Customer read = evolved(V1.Customer.class, written, V2.Customer.class);

    assertThat(read.fullName()).isNull();
    assertThat(read.level()).isNull();
    assertThat(read.items()).isNull();
    assertThat(read.note()).isNull();
    assertThat(read.visits()).isEqualTo(-1);
  }

  @Test
  void shouldNameEveryFieldThatCannotBeRead() {
    Resolution<V3.Customer> resolution =
        TypeSerializers.of(V3.Customer.class).resolve(schemaOf(V1.Customer.class));

    assertThat(resolution.mismatches())
        .extracting(Mismatch::path, Mismatch::written, Mismatch::declared)
        .containsExactly(
            tuple("age", "int", "short"),
            tuple("level", "constant HIGH", "absent from enum Level"),
            tuple("items[].sku", "string", "int"));
    assertThat(resolution.mismatches())
        .extracting(Mismatch::toString)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("age was written as int and is now short: keep the type")
                    .endsWith("(short can be read from byte)"))
        .anySatisfy(text -> assertThat(text).contains("@RenamedFrom(\"HIGH\")"));
  }

  @ParameterizedTest
  @CsvSource({
    "byte, short",
    "byte, int",
    "byte, long",
    "byte, float",
    "byte, double",
    "byte, integer",
    "byte, decimal",
    "short, int",
    "short, long",
    "short, float",
    "short, double",
    "short, integer",
    "short, decimal",
    "int, long",
    "int, double",
    "int, integer",
    "int, decimal",
    "long, integer",
    "long, decimal",
    "float, double",
    "integer, decimal",
    "char, string",
    "enum E(A), string",
  })
  void shouldWidenOnly(String from, String to) {
    TypeSerializer<?> declared = Scalars.of(Schema.parse(to)).orElseThrow();

    assertThat(change(declared.resolve(Schema.parse(from)))).isEqualTo(Change.VALUES);
  }

  @Test
  void shouldRefuseEveryOtherChangeOfABasicType() {
    int allowed = 0;
    for (Schema.Basic from : Schema.Basic.values()) {
      for (Schema.Basic to : Schema.Basic.values()) {
        if (from != to && to != Schema.Basic.BYTES) {
          TypeSerializer<?> declared = Scalars.of(to).orElseThrow();
          allowed += declared.resolve(from).mismatches().isEmpty() ? 1 : 0;
        }
      }
    }

    assertThat(allowed).isEqualTo(22);
  }

  @Test
  void shouldKeepEveryDigitWhenItWidens() throws IOException {
    assertThat(evolved(Byte.class, (byte) -7, Short.class)).isEqualTo((short) -7);
    assertThat(evolved(Integer.class, Integer.MIN_VALUE, Long.class)).isEqualTo(-2147483648L);
    assertThat(evolved(Integer.class, Integer.MAX_VALUE, Double.class)).isEqualTo(2147483647.0);
    assertThat(evolved(Float.class, 0.1f, Double.class)).isEqualTo((double) 0.1f);
    assertThat(evolved(Long.class, Long.MAX_VALUE, BigInteger.class))
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE));
    assertThat(evolved(Long.class, Long.MIN_VALUE, BigDecimal.class))
        .isEqualTo(BigDecimal.valueOf(Long.MIN_VALUE));
    assertThat(evolved(BigInteger.class, BigInteger.TWO.pow(80), BigDecimal.class))
        .isEqualTo(new BigDecimal(BigInteger.TWO.pow(80)));
    assertThat(evolved(Character.class, 'c', String.class)).isEqualTo("c");
    assertThat(evolved(V1.Level.class, V1.Level.HIGH, String.class)).isEqualTo("HIGH");
  }

  @Test
  void shouldReadACaseUnderItsNewNameAndRefuseOneThatIsGone() throws IOException {
    assertThat(evolved(V1.Shape.class, new V1.Circle(3), V2.Shape.class)).isEqualTo(new V2.Disc(3));
    assertThat(evolved(V1.Shape.class, new V1.Square(4), V2.Shape.class))
        .isEqualTo(new V2.Square(4));
    assertThat(TypeSerializers.of(V3.Shape.class).resolve(schemaOf(V1.Shape.class)).mismatches())
        .singleElement()
        .satisfies(mismatch -> assertThat(mismatch.path()).isEqualTo("Circle"));
  }

  @Test
  void shouldReadARecordAsAClassWhoseConstructorGivesTheDefaults() throws IOException {
    V1.Customer written =
        new V1.Customer("Ada", 36, null, null, null, Optional.empty(), null, null);

    PojoCustomer read = evolved(V1.Customer.class, written, PojoCustomer.class);
    PojoCustomer other = evolved(Narrow.class, new Narrow("Bob"), PojoCustomer.class);

    assertThat(read.name).isEqualTo("Ada");
    assertThat(read.age).isEqualTo(36);
    assertThat(read.greeting).isEqualTo("hello");
    assertThat(other.age).isEqualTo(7);
  }

  @Test
  void shouldMakeOptionalWhatWasRequiredAndBack() throws IOException {
    TypeSerializer<Optional<Long>> optional =
        TypeSerializers.optionalOf(TypeSerializers.of(Long.class));

    Optional<Long> read = evolved(TypeSerializers.of(Integer.class), 5, optional);

    assertThat(read).contains(5L);
    assertThat(TypeSerializers.of(Long.class).resolve(optional.schema()).mismatches())
        .as("an empty value has nothing to become outside of a record")
        .hasSize(1);
  }

  @Test
  void shouldSayHowFarAValueChanges() {
    assertThat(changeOf(V1.Key.class, V1.Key.class)).isEqualTo(Change.NONE);
    assertThat(changeOf(V1.Key.class, V2.Key.class)).isEqualTo(Change.NAMES);
    assertThat(changeOf(V1.Item.class, V2.Item.class)).isEqualTo(Change.VALUES);
    assertThat(changeOf(V1.Customer.class, Narrow.class)).isEqualTo(Change.LOSS);
    assertThat(changeOf(V1.Level.class, V2.Level.class)).isEqualTo(Change.VALUES);
    assertThat(changeOf(V3.Level.class, V1.Level.class)).isEqualTo(Change.NAMES);
    assertThat(changeOf(V3.Shape.class, V1.Shape.class)).isEqualTo(Change.NAMES);
  }

  @Test
  void shouldKeepTheBytesWhereOnlyNamesChange() throws IOException {
    byte[] written = Bytes.of(TypeSerializers.of(V1.Key.class), new V1.Key("k", 1));

    V2.Key read = evolved(V1.Key.class, new V1.Key("k", 1), V2.Key.class);

    assertThat(Bytes.of(TypeSerializers.of(V2.Key.class), read)).isEqualTo(written);
  }

  @Test
  void shouldRefuseToLoseWhatTellsElementsOfASetOrKeysOfAMapApart() {
    TypeSerializer<Narrow> narrow = TypeSerializers.of(Narrow.class);
    TypeSerializer<V1.Key> wide = TypeSerializers.of(V1.Key.class);
    TypeSerializer<Map<Narrow, Narrow>> maps = TypeSerializers.mapOf(narrow, narrow);

    List<Mismatch> ofSet =
        TypeSerializers.setOf(narrow).resolve(TypeSerializers.setOf(wide).schema()).mismatches();
    List<Mismatch> ofMap = maps.resolve(TypeSerializers.mapOf(wide, wide).schema()).mismatches();

    assertThat(ofSet).extracting(Mismatch::path).containsExactly("[]");
    assertThat(ofMap).extracting(Mismatch::path).containsExactly("[key]");
    assertThat(ofMap.get(0).toString()).contains("would become one");
  }

  @Test
  void shouldRefuseAnotherKindOfValueAndItsOwnKindUnderAnotherName() {
    Schema record = schemaOf(V1.Key.class);
    Schema list = TypeSerializers.listOf(TypeSerializers.of(Long.class)).schema();

    for (TypeSerializer<?> declared :
        List.of(
            TypeSerializers.listOf(TypeSerializers.of(V1.Key.class)),
            TypeSerializers.setOf(TypeSerializers.of(V1.Key.class)),
            TypeSerializers.of(new TypeRef<Map<String, V1.Key>>() {}),
            TypeSerializers.of(V1.Level.class),
            TypeSerializers.of(V1.Shape.class),
            TypeSerializers.of(long[].class))) {
      assertThat(declared.resolve(record).mismatches()).as(declared.schema().text()).hasSize(1);
    }
    assertThat(TypeSerializers.of(V1.Key.class).resolve(list).mismatches()).hasSize(1);
    assertThat(TypeSerializers.of(int[].class).resolve(schemaOf(long[].class)).mismatches())
        .hasSize(1);
  }

  @Test
  void shouldPassOverRemovedFieldsOfEveryKindButThoseOfOthers() throws IOException {
    TypeSerializer<Everything> everything = TypeSerializers.of(Everything.class);
    Everything written =
        new Everything(
            List.of(1L),
            Set.of("s"),
            new LinkedHashMap<>(Map.of(1, "one")),
            Optional.of(new V1.Key("k", 1)),
            new int[] {1, 2},
            new byte[] {3},
            new V1.Circle(4),
            V1.Level.LOW,
            null,
            "last");

    Last read = evolved(everything, written, TypeSerializers.of(Last.class));

    assertThat(read.last()).isEqualTo("last");
    Schema foreign =
        new Schema.RecordOf(
            "Last",
            List.of(
                new Schema.Field("odd", new Schema.ListOf(Schema.custom("odd")), false),
                new Schema.Field("last", Schema.Basic.STRING, true)));
    assertThat(TypeSerializers.of(Last.class).resolve(foreign).mismatches())
        .singleElement()
        .satisfies(
            mismatch -> assertThat(mismatch.toString()).startsWith("odd was written as list<odd>"));
  }

  record Everything(
      List<Long> list,
      Set<String> set,
      Map<Integer, String> map,
      Optional<V1.Key> optional,
      int[] ints,
      byte[] bytes,
      V1.Shape shape,
      V1.Level level,
      String nothing,
      String last) {}

  record Last(String last) {}

  @Test
  void shouldTakeThePresentNameWhereBothWereWritten() throws IOException {
    Both read = evolved(TwoNames.class, new TwoNames("old", "new"), Both.class);

    assertThat(read.name()).isEqualTo("new");
  }

  record TwoNames(String former, String name) {}

  record Both(@RenamedFrom("former") String name) {}

  @Test
  void shouldRefuseADefaultThatIsNoValueWhenTheTypeIsDeclared() {
    assertThatThrownBy(() -> TypeSerializers.of(WrongDefault.class))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("'many'", "WrongDefault.count", "int");
  }

  @Test
  void shouldReadListsOfRecordsThatChanged() throws IOException {
    TypeSerializer<List<V1.Item>> before =
        TypeSerializers.listOf(TypeSerializers.of(V1.Item.class));
    TypeSerializer<List<V2.Item>> now = TypeSerializers.listOf(TypeSerializers.of(V2.Item.class));

    List<V2.Item> read = evolved(before, new ArrayList<>(List.of(new V1.Item("a", 1))), now);

    assertThat(read).containsExactly(new V2.Item("a", 1, "EUR"));
  }

  private static Schema schemaOf(Class<?> type) {
    return TypeSerializers.of(type).schema();
  }

  private static Change changeOf(Class<?> before, Class<?> now) {
    return change(TypeSerializers.of(now).resolve(schemaOf(before)));
  }

  private static Change change(Resolution<?> resolution) {
    assertThat(resolution.mismatches()).isEmpty();
    return ((Resolution.Resolved<?>) resolution).change();
  }

  private static <A, B> B evolved(Class<A> before, A value, Class<B> now) throws IOException {
    return evolved(TypeSerializers.of(before), value, TypeSerializers.of(now));
  }

  private static <A, B> B evolved(TypeSerializer<A> before, A value, TypeSerializer<B> now)
      throws IOException {
    Schema stored = Schema.parse(before.schema().text());
    Resolution<B> resolution = now.resolve(stored);
    assertThat(resolution.mismatches()).isEmpty();
    return Bytes.read(((Resolution.Resolved<B>) resolution).reader(), Bytes.of(before, value));
  }
}
