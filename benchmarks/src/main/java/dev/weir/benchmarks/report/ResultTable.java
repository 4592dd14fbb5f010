package dev.weir.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Medians, with smallest and greatest in brackets, as Markdown. Pure. */
public final class ResultTable {
  private ResultTable() {}

  /** One table per workload and setting; then the runs that do not count, and why. */
  public static String of(List<JsonNode> runs) {
    StringBuilder text = new StringBuilder();
    Figures.of(runs).forEach(figures -> table(figures, text));
    return text.toString();
  }

  private static void table(Figures figures, StringBuilder to) {
    List<String> names = figures.names();
    to.append("\n### ").append(figures.title()).append("\n\n| engine | runs |");
    names.forEach(name -> to.append(' ').append(name).append(" |"));
    to.append("\n|").append("---|".repeat(names.size() + 2)).append('\n');
    for (Map.Entry<String, List<JsonNode>> engine : figures.runs().entrySet()) {
      int good = figures.good(engine.getKey()).size();
      to.append("| %s | %d of %d |".formatted(engine.getKey(), good, engine.getValue().size()));
      names.forEach(
          name -> to.append(' ').append(text(figures.series(engine.getKey(), name))).append(" |"));
      to.append('\n');
    }
    for (List<JsonNode> of : figures.runs().values()) {
      of.stream().filter(run -> !run.get("ok").asBoolean()).forEach(run -> problem(run, to));
    }
  }

  private static void problem(JsonNode run, StringBuilder to) {
    to.append(
        "\n- %s, round %d: %s\n"
            .formatted(
                run.get("engine").asString(),
                run.get("round").asInt(),
                run.get("problem").asString()));
  }

  private static String text(Series series) {
    if (series.isEmpty()) {
      return "-";
    }
    return series.min() == series.max()
        ? rounded(series.median())
        : rounded(series.median())
            + " ("
            + rounded(series.min())
            + "-"
            + rounded(series.max())
            + ")";
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }
}
