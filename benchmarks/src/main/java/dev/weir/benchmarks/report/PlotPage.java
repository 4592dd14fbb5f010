package dev.weir.benchmarks.report;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A page of bars, plain HTML and SVG: a bar is the median, the line across it reaches from the
 * smallest to the greatest value. Pure.
 */
public final class PlotPage {
  private static final int WIDTH = 760;
  private static final int ROW = 24;
  private static final int LABEL = 130;
  private static final int BARS = WIDTH - LABEL - 110;

  private PlotPage() {}

  /** One plot per workload, setting and figure. */
  public static String of(List<JsonNode> runs) {
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html><meta charset="utf-8"><title>Weir benchmarks</title>
            <style>body{font:14px sans-serif;max-width:800px;margin:2em auto}
            svg text{font:12px sans-serif}rect{fill:#9bb8d3}.weir rect{fill:#2b6cb0}
            line{stroke:#333}h3{margin-bottom:0;font-weight:normal}</style>
            <h1>Weir benchmarks</h1><p>Medians; lines reach from the smallest to the greatest.</p>
            """);
    for (Figures figures : Figures.of(runs)) {
      page.append("<h2>").append(figures.title()).append("</h2>\n");
      figures.names().forEach(name -> plot(figures, name, page));
    }
    return page.toString();
  }

  private static void plot(Figures figures, String name, StringBuilder page) {
    List<String> engines =
        figures.runs().keySet().stream().filter(e -> !figures.series(e, name).isEmpty()).toList();
    double greatest =
        engines.stream().mapToDouble(e -> figures.series(e, name).max()).max().orElse(0);
    page.append(
        "<h3>%s</h3>\n<svg width=\"%d\" height=\"%d\">\n"
            .formatted(name, WIDTH, engines.size() * ROW));
    for (int i = 0; i < engines.size(); i++) {
      bar(engines.get(i), figures.series(engines.get(i), name), greatest, i * ROW, page);
    }
    page.append("</svg>\n");
  }

  private static void bar(
      String engine, Series series, double greatest, int y, StringBuilder page) {
    double scale = greatest == 0 ? 0 : BARS / greatest;
    page.append(
        String.format(
            Locale.ROOT,
            """
            <g class="%s"><text x="0" y="%d">%s</text>
            <rect x="%d" y="%d" width="%.1f" height="%d"/>
            <line x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>
            <text x="%.1f" y="%d">%.3g</text></g>
            """,
            engine.startsWith("weir") ? "weir" : "other",
            y + 16,
            engine,
            LABEL,
            y + 3,
            series.median() * scale,
            ROW - 6,
            LABEL + series.min() * scale,
            LABEL + series.max() * scale,
            y + ROW / 2,
            y + ROW / 2,
            LABEL + series.max() * scale + 6,
            y + 16,
            series.median()));
  }
}
