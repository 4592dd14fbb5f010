package dev.weir.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The plots of all runs: a page that needs no other file, and each plot as an SVG beside it. */
public final class PlotPage {
  private PlotPage() {}

  /**
   * Writes them.
   *
   * @param runs of all workloads
   * @param folder is made if it is not there
   * @return the page
   */
  public static Path write(List<JsonNode> runs, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Figures figures : Figures.of(runs)) {
      Files.writeString(folder.resolve(Plot.fileName(figures)), Plot.of(figures));
    }
    return Files.writeString(folder.resolve("results.html"), of(runs));
  }

  private static String of(List<JsonNode> runs) {
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html><meta charset="utf-8"><title>Weir benchmarks</title>
            <style>body{font:14px sans-serif;max-width:800px;margin:2em auto}</style>
            <h1>Weir benchmarks</h1><p>Medians; lines reach from the smallest to the greatest.</p>
            """);
    for (Figures figures : Figures.of(runs)) {
      page.append("<h2>").append(figures.title()).append("</h2>\n").append(Plot.of(figures));
    }
    return page.toString();
  }
}
