package dev.weir.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultTableTest {
  private static final String ARCHIVED = "\"classes\":\"archived\",";

  private final List<JsonNode> runs =
      Stream.of(
              run("weir", "\"ok\":true,\"k_rec_per_s\":200"),
              run("weir", "\"ok\":true,\"k_rec_per_s\":100"),
              run("weir", "\"ok\":true,\"k_rec_per_s\":900"),
              run("loop", "\"ok\":false,\"problem\":\"twice\",\"k_rec_per_s\":5000"))
          .map(line -> new JsonMapper().readTree(line))
          .toList();

  @Test
  void shouldShowMedianLeastAndGreatestOfTheGoodRuns() {
    String table = ResultTable.of(runs);

    assertThat(table)
        .contains("### W2, interval 1000 ms, parallelism 2")
        .contains("| engine | runs | k_rec_per_s |")
        .contains("| weir | 3 of 3 | 200 (100-900) |");
  }

  @Test
  void shouldNotCountAVoidRunButSayWhy() {
    String table = ResultTable.of(runs);

    assertThat(table).contains("| loop | 0 of 1 | - |").contains("- loop, round 1: twice");
  }

  @Test
  void shouldTellRunsWithAnArchiveOfClassesFromOthers() {
    List<JsonNode> both =
        Stream.of(run("weir", "\"ok\":true,\"x\":1"), run("weir", ARCHIVED + "\"ok\":true,\"x\":2"))
            .map(line -> new JsonMapper().readTree(line))
            .toList();

    assertThat(ResultTable.of(both))
        .contains("### W2, interval 1000 ms, parallelism 2\n")
        .contains("### W2, interval 1000 ms, parallelism 2, classes archived\n");
  }

  @Test
  void shouldTellRunsWithSoManyKeysFromOthers() {
    List<JsonNode> both =
        Stream.of(
                run("weir", "\"keys\":6,\"ok\":true,\"x\":1"),
                run("weir", "\"keys\":10000,\"ok\":true,\"x\":2"))
            .map(line -> new JsonMapper().readTree(line))
            .toList();

    assertThat(ResultTable.of(both))
        .contains("### W2, 6 keys, interval 1000 ms, parallelism 2\n")
        .contains("### W2, 10000 keys, interval 1000 ms, parallelism 2\n")
        .contains("| engine | runs | x |");
  }

  @Test
  void shouldDrawABarForEachEngineWithAResult(@TempDir Path folder) throws Exception {
    Path page = PlotPage.write(runs, folder);

    assertThat(page).content().contains("class=\"weir\"").doesNotContain("class=\"other\"");
    Path plot = folder.resolve("w2-interval-1000-ms-parallelism-2.svg");
    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(plot.toFile())
            .getDocumentElement();
    assertThat(svg.getElementsByTagName("g").getLength()).as("engines with a result").isOne();
    assertThat(svg.getTextContent()).contains("k_rec_per_s", "weir", "200");
  }

  private static String run(String engine, String rest) {
    return "{\"workload\":\"W2\",\"engine\":\"%s\",\"round\":1,\"interval_ms\":1000,\"parallelism\":2,%s}"
        .formatted(engine, rest);
  }
}
