package dev.weir.internal.plan;

import dev.weir.error.InvalidPipelineException;
import dev.weir.internal.plan.ExecutionGraph.Chain;
import dev.weir.internal.plan.ExecutionGraph.Exchange;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which stages run together. A chain begins at each source and, where there is more than
 * one task, at each keyed stage; every other stage joins the chain of its input.
 */
public final class Planner {
  private Planner() {}

  /**
   * Plans a pipeline.
   *
   * @throws InvalidPipelineException if a window's source gives no watermarks
   */
  public static ExecutionGraph plan(LogicalGraph graph, int parallelism, int maxParallelism) {
    graph.stages().forEach(stage -> checkEventTime(graph, stage));
    List<List<Stage>> groups = groups(graph, parallelism);
    List<Chain> chains = new ArrayList<>();
    for (int id = 0; id < groups.size(); id++) {
      List<Stage> stages = groups.get(id);
      chains.add(new Chain(id, stages.get(0), stages, exchangesFrom(id, groups, graph)));
    }
    return new ExecutionGraph(graph, parallelism, maxParallelism, chains);
  }

  /** Whether a stage has keyed state. */
  public static boolean isKeyed(Stage stage) {
    return keyingOf(stage).isPresent();
  }

  /** How a keyed stage's records find their key; empty for other stages. */
  static Optional<Stage.Keying<?, ?>> keyingOf(Stage stage) {
    if (stage instanceof Stage.WindowStage<?, ?, ?, ?, ?> window) {
      return Optional.of(window.keying());
    }
    if (stage instanceof Stage.ProcessStage<?, ?, ?> process) {
      return Optional.of(process.keying());
    }
    return Optional.empty();
  }

  private static List<List<Stage>> groups(LogicalGraph graph, int parallelism) {
    List<List<Stage>> groups = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      boolean begins = stage.input() < 0 || (parallelism > 1 && keyingOf(stage).isPresent());
      if (begins) {
        groups.add(new ArrayList<>(List.of(stage)));
      } else {
        Stage input = graph.stages().get(stage.input());
        groups.get(ExecutionGraph.chainOf(groups, input).orElseThrow()).add(stage);
      }
    }
    return groups;
  }

  private static List<Exchange> exchangesFrom(
      int chain, List<List<Stage>> groups, LogicalGraph graph) {
    List<Exchange> exchanges = new ArrayList<>();
    for (Stage from : groups.get(chain)) {
      for (Stage reader : graph.readersOf(from.id())) {
        int readerChain = ExecutionGraph.chainOf(groups, reader).orElseThrow();
        if (readerChain != chain) {
          exchanges.add(new Exchange(chain, from, readerChain, keyingOf(reader).orElseThrow()));
        }
      }
    }
    return exchanges;
  }

  private static void checkEventTime(LogicalGraph graph, Stage stage) {
    if (!(stage instanceof Stage.WindowStage)) {
      return;
    }
    Stage source = stage;
    while (source.input() >= 0) {
      source = graph.stages().get(source.input());
    }
    if (((Stage.SourceStage<?>) source).source().watermarks().isEmpty()) {
      throw new InvalidPipelineException(
          "Window stage '"
              + stage.name()
              + "' would never emit: its source '"
              + source.name()
              + "' gives no watermarks. Give the source a Watermarks strategy.");
    }
  }
}
