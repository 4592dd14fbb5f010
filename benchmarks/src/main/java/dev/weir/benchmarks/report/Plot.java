package dev.weir.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All figures of one workload at one setting as an SVG of bars that needs no other file: a bar is
 * the median, the line across it reaches from the smallest to the greatest value. Written by hand,
 * as chart libraries draw each letter as a shape: 200 KB a plot, and no text that can be searched.
 * Pure.
 */
final class Plot {
  private static final int WIDTH = 760;
  private static final int ROW = 24;
  private static final int LABEL = 130;
  private static final int BARS = WIDTH - LABEL - 110;
  private static final int HEADING = 36;

  private final Figures figures;
  private final StringBuilder svg = new StringBuilder();
  private int y;

  private Plot(Figures figures) {
    this.figures = figures;
  }

  /** One block of bars for each figure. */
  static String of(Figures figures) {
    Plot plot = new Plot(figures);
    figures.names().forEach(plot::block);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" role="img" aria-label="%s">
        <style>text{font:12px sans-serif}.name{font-weight:bold}rect{fill:#9bb8d3}
        .weir rect{fill:#2b6cb0}line{stroke:#333}</style>
        <rect width="100%%" height="100%%" style="fill:#fff"/>
        %s</svg>
        """
        .formatted(WIDTH, plot.y + ROW / 2, figures.title(), plot.svg);
  }

  /** What a file with this plot is called. */
  static String fileName(Figures figures) {
    return figures.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg";
  }

  private void block(String name) {
    List<String> engines = enginesWith(name).toList();
    double greatest =
        engines.stream().mapToDouble(e -> figures.series(e, name).max()).max().orElse(0);
    svg.append("<text class=\"name\" x=\"0\" y=\"%d\">%s</text>\n".formatted(y + 26, name));
    y += HEADING;
    for (String engine : engines) {
      bar(engine, figures.series(engine, name), greatest == 0 ? 0 : BARS / greatest);
      y += ROW;
    }
  }

  private Stream<String> enginesWith(String name) {
    return figures.runs().keySet().stream().filter(e -> !figures.series(e, name).isEmpty());
  }

  private void bar(String engine, Series series, double scale) {
    double end = LABEL + Math.max(0, series.max() * scale);
    svg.append(
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
            Math.max(0, series.median() * scale),
            ROW - 6,
            LABEL + Math.max(0, series.min() * scale),
            end,
            y + ROW / 2,
            y + ROW / 2,
            end + 6,
            y + 16,
            series.median()));
  }
}
