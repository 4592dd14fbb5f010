package dev.weir.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultTableTest {
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
  void shouldDrawABarForEachEngineWithAResult() {
    String page = PlotPage.of(runs);

    assertThat(page).contains("class=\"weir\"").doesNotContain("class=\"other\"");
  }

  private static String run(String engine, String rest) {
    return "{\"workload\":\"W2\",\"engine\":\"%s\",\"round\":1,\"interval_ms\":1000,\"parallelism\":2,%s}"
        .formatted(engine, rest);
  }
}
