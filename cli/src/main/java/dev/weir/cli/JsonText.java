package dev.weir.cli;

import dev.weir.connectors.kafka.sink.LedgerLine;
import dev.weir.job.SavepointDiff;
import dev.weir.job.stored.StateRow;
import dev.weir.job.stored.StoredCheckpoint;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts as JSON, one line each unless it is said otherwise. Numbers are numbers, also where they
 * have more digits than a double; times are ISO-8601; bytes are {@code {"@bytes": base64}}; a map
 * whose keys are not all strings is a list of {@code {"key": ..., "value": ...}}; what JSON has no
 * number for, such as NaN, is a string. Stateless.
 */
final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectWriter LINE = MAPPER.writer();
  private static final ObjectWriter PAGE = MAPPER.writerWithDefaultPrettyPrinter();

  private JsonText() {}

  static String line(StateRow row) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", row.stage());
    facts.put("table", row.table());
    facts.put("key", plain(row.key()));
    row.time().ifPresent(time -> facts.put("time", time));
    facts.put("value", plain(row.value()));
    return LINE.writeValueAsString(facts);
  }

  static String line(StoredCheckpoint checkpoint) {
    return LINE.writeValueAsString(checkpoint);
  }

  static String line(LedgerLine line) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("offset", line.offset());
    facts.put("kind", line.kind().name());
    facts.put("fate", line.fate().name());
    facts.put("attempt", line.attempt());
    line.checkpointId().ifPresent(id -> facts.put("checkpointId", id));
    facts.put("manifest", line.manifest());
    facts.put("topics", line.topics());
    facts.put("atMillis", line.atMillis());
    return LINE.writeValueAsString(facts);
  }

  /** Over several lines, for reading. */
  static String page(StoredCheckpoint checkpoint) {
    return PAGE.writeValueAsString(checkpoint);
  }

  static String line(SavepointDiff diff) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("location", diff.savepoint().location().toString());
    facts.put("job", diff.savepoint().job());
    facts.put("checkpointId", diff.savepoint().checkpointId());
    facts.put("kept", diff.kept());
    facts.put("renamed", diff.renamed());
    facts.put("added", diff.added());
    facts.put("dropped", diff.dropped());
    facts.put("changed", diff.changed());
    facts.put("incompatible", diff.incompatible());
    return LINE.writeValueAsString(facts);
  }

  /** What Jackson writes as it is meant here. */
  private static Object plain(Object value) {
    if (value == null || value instanceof Boolean || value instanceof String) {
      return value;
    }
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue()) || !isFloating(number)
          ? number
          : number.toString();
    }
    if (value instanceof byte[] bytes) {
      return Map.of("@bytes", Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Collection<?> all) {
      return all.stream().map(JsonText::plain).toList();
    }
    return value.getClass().isArray() ? array(value) : value.toString();
  }

  private static boolean isFloating(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  private static Object map(Map<?, ?> map) {
    if (map.keySet().stream().allMatch(String.class::isInstance)) {
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((key, value) -> object.put((String) key, plain(value)));
      return object;
    }
    List<Object> entries = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("key", plain(key));
          entry.put("value", plain(value));
          entries.add(entry);
        });
    return entries;
  }

  private static Object array(Object array) {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(plain(Array.get(array, i)));
    }
    return elements;
  }
}
