package dev.weir.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads a schema's text by recursive descent. One use. */
final class SchemaParser {
  private static final int DEEPEST = 100;

  private final String text;
  private int position;
  private int depth;

  SchemaParser(String text) {
    this.text = text;
  }

  Schema parse() {
    Schema schema = schema();
    check(position == text.length(), "the end");
    return schema;
  }

  private Schema schema() {
    check(++depth <= DEEPEST, "at most " + DEEPEST + " levels");
    Schema schema = isAt('"') ? custom(quoted()) : ofWord(plain());
    depth--;
    return schema;
  }

  private Schema ofWord(String word) {
    Schema.Basic basic = SchemaNames.BASICS.get(word);
    if (basic != null) {
      return skip("[]") ? new Schema.ArrayOf(basic) : basic;
    }
    return switch (word) {
      case "list" -> new Schema.ListOf(argument("<", ">"));
      case "set" -> new Schema.SetOf(argument("<", ">"));
      case "optional" -> new Schema.OptionalOf(argument("<", ">"));
      case "map" -> new Schema.MapOf(argument("<", ","), argument("", ">"));
      case "enum" -> new Schema.EnumOf(nameBehindSpace(), listOf(this::name));
      case "record" -> record();
      case "union" -> new Schema.UnionOf(nameBehindSpace(), listOf(this::unionCase));
      default -> custom(word);
    };
  }

  private Schema argument(String before, String after) {
    expect(before);
    Schema argument = schema();
    expect(after);
    return argument;
  }

  private Schema.RecordOf record() {
    return new Schema.RecordOf(nameBehindSpace(), listOf(this::field));
  }

  private Schema.RecordOf unionCase() {
    expect("record");
    return record();
  }

  private Schema.Field field() {
    String name = name();
    expect(":");
    Schema schema = schema();
    return new Schema.Field(name, schema, skip("?"));
  }

  private Schema custom(String name) {
    check(!name.isEmpty(), "a name");
    return new Schema.Custom(name, skip(" ") ? quoted() : "");
  }

  private String nameBehindSpace() {
    expect(" ");
    return name();
  }

  private <T> List<T> listOf(Supplier<T> part) {
    List<T> parts = new ArrayList<>();
    expect("(");
    if (!skip(")")) {
      do {
        parts.add(part.get());
      } while (skip(","));
      expect(")");
    }
    return parts;
  }

  private String name() {
    return isAt('"') ? quoted() : plain();
  }

  private String plain() {
    int start = position;
    while (position < text.length() && SchemaNames.isPlain(text.charAt(position))) {
      position++;
    }
    check(position > start, "a name");
    return text.substring(start, position);
  }

  private String quoted() {
    expect("\"");
    StringBuilder name = new StringBuilder();
    while (!skip("\"")) {
      skip("\\");
      check(position < text.length(), "a closing quote");
      name.append(text.charAt(position++));
    }
    return name.toString();
  }

  private boolean isAt(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean skip(String token) {
    boolean isThere = text.startsWith(token, position);
    position += isThere ? token.length() : 0;
    return isThere;
  }

  private void expect(String token) {
    check(skip(token), "'" + token + "'");
  }

  private void check(boolean holds, String expected) {
    if (!holds) {
      String found = text.substring(Math.min(position, text.length()));
      throw new IllegalArgumentException(
          "Expected "
              + expected
              + " at character "
              + position
              + " of a schema, found '"
              + found.substring(0, Math.min(40, found.length()))
              + "'. Take the text as it was written.");
    }
  }
}
