package dev.weir.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The runs of one workload at one setting, by engine. Immutable.
 *
 * @param title workload and setting
 * @param runs of each engine, in the order they were first run
 */
record Figures(String title, Map<String, List<JsonNode>> runs) {
  private static final Set<String> NOT_MEASURED =
      Set.of("round", "interval_ms", "parallelism", "count", "keys", "rate", "missing");

  /** Groups runs by workload and setting. */
  static List<Figures> of(List<JsonNode> runs) {
    Map<String, Map<String, List<JsonNode>>> groups = new LinkedHashMap<>();
    for (JsonNode run : runs) {
      groups
          .computeIfAbsent(titleOf(run), t -> new LinkedHashMap<>())
          .computeIfAbsent(run.get("engine").asString(), e -> new ArrayList<>())
          .add(run);
    }
    return groups.entrySet().stream().map(g -> new Figures(g.getKey(), g.getValue())).toList();
  }

  private static String titleOf(JsonNode run) {
    boolean isArchived = run.path("classes").asString("").equals("archived");
    return "%s%s, interval %d ms, parallelism %d%s"
        .formatted(
            run.get("workload").asString(),
            run.has("keys") ? ", " + run.get("keys").asInt() + " keys" : "",
            run.get("interval_ms").asInt(),
            run.get("parallelism").asInt(),
            isArchived ? ", classes archived" : "");
  }

  /** What was measured, in the order of the runs' lines. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    runs.values().stream()
        .flatMap(List::stream)
        .filter(run -> run.get("ok").asBoolean())
        .forEach(
            run ->
                run.properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .map(Map.Entry::getKey)
                    .filter(name -> !NOT_MEASURED.contains(name))
                    .forEach(names::add));
    return List.copyOf(names);
  }

  /** A figure of an engine's good runs. */
  Series series(String engine, String name) {
    return new Series(
        good(engine).stream()
            .filter(run -> run.has(name))
            .map(r -> r.get(name).asDouble())
            .toList());
  }

  /** The runs with the right output. */
  List<JsonNode> good(String engine) {
    return runs.get(engine).stream().filter(run -> run.get("ok").asBoolean()).toList();
  }
}
