package dev.weir.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  private static final List<Schema.Basic> BASICS = List.of(Schema.Basic.values());

  @Test
  void shouldReadWhatItWrites() {
    Schema click =
        new Schema.RecordOf(
            "Click",
            List.of(
                new Schema.Field("page", Schema.Basic.STRING, true),
                new Schema.Field("time", Schema.Basic.LONG, false)));

    Schema read = Schema.parse(click.text());

    assertThat(click.text()).isEqualTo("record Click(page:string?,time:long)");
    assertThat(read).isEqualTo(click);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "offset-datetime",
        "double[]",
        "map<string,list<optional<set<int>>>>",
        "enum Color()",
        "enum Color(RED,\"GR EEN\")",
        "record Empty()",
        "record R(a:record R(a:int)?,b:enum E(X)?)",
        "union Shape(record Circle(radius:double),record Square(side:double))",
        "counter",
        "\"long\"",
        "avro \"{\\\"type\\\":\\\"long\\\",\\\"a\\\\b\\\":1}\"",
      })
  void shouldKeepItsTextForEver(String text) {
    assertThat(Schema.parse(text).text()).isEqualTo(text);
  }

  @Test
  void shouldTellACustomSchemaFromABuiltInOne() {
    Schema custom = Schema.custom("long");

    assertThat(custom).isNotEqualTo(Schema.Basic.LONG);
    assertThat(Schema.parse(custom.text())).isEqualTo(custom);
    assertThatThrownBy(() -> Schema.custom("")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list<int",
        "list<int>x",
        "list<>",
        "map<int>",
        "record",
        "record R",
        "record R(a)",
        "record R(a:int",
        "record R(a:int,)",
        "union U(int)",
        "enum E(A",
        "\"open",
        "\"open\\",
        "\"\"",
        "int[",
        "int?",
        "a b",
      })
  void shouldSayWhereATextIsNoSchema(String text) {
    assertThatThrownBy(() -> Schema.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at character");
  }

  @Test
  void shouldRefuseToGoDeeperThanAnyTypeDoes() {
    String deep = "list<".repeat(100_000) + "int" + ">".repeat(100_000);

    assertThatThrownBy(() -> Schema.parse(deep)).hasMessageContaining("at most 100 levels");
  }

  @Test
  void shouldReadAnySchemaThatItWrites() {
    for (long seed = 0; seed < 2_000; seed++) {
      Schema schema = schema(new Random(seed), 4);

      assertThat(Schema.parse(schema.text())).as("seed %s: %s", seed, schema).isEqualTo(schema);
    }
  }

  private static Schema schema(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 9);
    return switch (kind) {
      case 0 -> BASICS.get(random.nextInt(BASICS.size()));
      case 1 -> new Schema.Custom(name(random), random.nextBoolean() ? "" : name(random));
      case 2 -> new Schema.EnumOf(name(random), List.of(name(random), name(random)));
      case 3 -> new Schema.ListOf(schema(random, depth - 1));
      case 4 -> new Schema.SetOf(schema(random, depth - 1));
      case 5 -> new Schema.MapOf(schema(random, depth - 1), schema(random, depth - 1));
      case 6 -> new Schema.OptionalOf(schema(random, depth - 1));
      case 7 -> record(random, depth);
      default ->
          new Schema.UnionOf(name(random), List.of(record(random, depth), record(random, depth)));
    };
  }

  private static Schema.RecordOf record(Random random, int depth) {
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add(new Schema.Field(name(random), schema(random, depth - 1), random.nextBoolean()));
    }
    return new Schema.RecordOf(name(random), fields);
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      name.append("ab_$Z9-. ,()<>:?\"\\\n\u00e4\u20ac".charAt(random.nextInt(20)));
    }
    return name.toString();
  }
}
