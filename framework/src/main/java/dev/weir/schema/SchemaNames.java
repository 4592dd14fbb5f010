package dev.weir.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names as they stand in a schema's text. Pure. */
final class SchemaNames {
  static final Map<String, Schema.Basic> BASICS = basics();

  private static final Set<String> WORDS =
      Set.of("list", "set", "map", "optional", "enum", "record", "union");

  private SchemaNames() {}

  private static Map<String, Schema.Basic> basics() {
    Map<String, Schema.Basic> basics = new HashMap<>();
    for (Schema.Basic basic : Schema.Basic.values()) {
      basics.put(basic.toString(), basic);
    }
    return Map.copyOf(basics);
  }

  static String written(String name) {
    return isPlain(name) ? name : quoted(name);
  }

  /** Where a plain name could be taken for one of our words, it is quoted. */
  static String writtenCustom(String name) {
    return WORDS.contains(name) || BASICS.containsKey(name) ? quoted(name) : written(name);
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String listed(List<String> names) {
    return inBrackets(names.stream().map(SchemaNames::written).toList());
  }

  static String inBrackets(List<?> parts) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(",", "(", ")"));
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> isPlain((char) c));
  }

  static boolean isPlain(char c) {
    return Character.isLetterOrDigit(c) || "_$.-".indexOf(c) >= 0;
  }
}
