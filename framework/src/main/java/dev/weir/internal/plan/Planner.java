package dev.weir.internal.plan;

import dev.weir.error.InvalidPipelineException;
import dev.weir.internal.plan.ExecutionGraph.Chain;
import dev.weir.internal.plan.ExecutionGraph.Exchange;
import dev.weir.internal.plan.ExecutionGraph.Route;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Decides which stages run together. A chain begins at each source, at each stage with several
 * inputs and, where there is more than one task, at each keyed stage; every other stage joins the
 * chain of its input.
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
    List<List<Stage>> groups = groups(graph);
    List<Chain> chains = new ArrayList<>();
    for (int id = 0; id < groups.size(); id++) {
      List<Stage> stages = groups.get(id);
      chains.add(new Chain(id, stages.get(0), stages, exchangesFrom(id, groups, graph)));
    }
    return new ExecutionGraph(graph, parallelism, maxParallelism, chains);
  }

  /** Whether a stage has state that a checkpoint holds under its name. */
  public static boolean hasState(Stage stage) {
    return stage instanceof Stage.SourceStage
        || stage instanceof Stage.TaskStage
        || keyingOf(stage).isPresent();
  }

  /** How a keyed stage's records find their key; empty for other stages. */
  public static Optional<Stage.Keying<?, ?>> keyingOf(Stage stage) {
    if (stage instanceof Stage.WindowStage<?, ?, ?, ?, ?> window) {
      return Optional.of(window.keying());
    }
    if (stage instanceof Stage.ProcessStage<?, ?, ?> process) {
      return Optional.of(process.keying());
    }
    if (stage instanceof Stage.BroadcastProcessStage<?, ?, ?, ?> process) {
      return Optional.of(process.keying());
    }
    return Optional.empty();
  }

  private static List<List<Stage>> groups(LogicalGraph graph) {
    List<List<Stage>> groups = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      boolean begins = stage.inputs().size() != 1 || keyingOf(stage).isPresent();
      if (begins) {
        groups.add(new ArrayList<>(List.of(stage)));
      } else {
        Stage input = graph.stages().get(stage.inputs().get(0));
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
          exchanges.addAll(exchanges(chain, from, readerChain, reader));
        }
      }
    }
    return exchanges;
  }

  private static List<Exchange> exchanges(int chain, Stage from, int readerChain, Stage reader) {
    return IntStream.range(0, reader.inputs().size())
        .filter(input -> reader.inputs().get(input) == from.id())
        .mapToObj(input -> new Exchange(chain, from, readerChain, input, route(reader, input)))
        .toList();
  }

  private static Route route(Stage reader, int input) {
    if (reader instanceof Stage.BroadcastProcessStage && input > 0) {
      return new Route.ToAll();
    }
    return keyingOf(reader).<Route>map(Route.ByKey::new).orElseGet(Route.ToSame::new);
  }

  private static void checkEventTime(LogicalGraph graph, Stage stage) {
    if (stage instanceof Stage.WindowStage) {
      sourcesOf(graph, stage)
          .filter(source -> source.source().watermarks().isEmpty())
          .forEach(source -> refuse(stage, source));
    }
  }

  private static Stream<Stage.SourceStage<?>> sourcesOf(LogicalGraph graph, Stage stage) {
    return stage instanceof Stage.SourceStage<?> source
        ? Stream.of(source)
        : stage.inputs().stream().flatMap(input -> sourcesOf(graph, graph.stages().get(input)));
  }

  private static void refuse(Stage window, Stage source) {
    throw new InvalidPipelineException(
        "Window stage '"
            + window.name()
            + "' would never emit: its source '"
            + source.name()
            + "' gives no watermarks. Give the source a Watermarks strategy.");
  }
}
