package dev.weir.internal.plan;

import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import java.util.List;
import java.util.OptionalInt;

/**
 * A pipeline as it will run: chains of stages, each run by as many tasks as the parallelism says,
 * with exchanges between them. Immutable.
 *
 * @param logical the pipeline as described
 * @param parallelism tasks per chain
 * @param maxParallelism number of key groups
 * @param chains every stage is in exactly one
 */
public record ExecutionGraph(
    LogicalGraph logical, int parallelism, int maxParallelism, List<Chain> chains) {
  /** Makes the list unmodifiable. */
  public ExecutionGraph {
    chains = List.copyOf(chains);
  }

  /** How many tasks there are. */
  public int taskCount() {
    return chains.size() * parallelism;
  }

  /** The exchanges into a chain, in the order of their stages. */
  public List<Exchange> exchangesInto(int chain) {
    return chains.stream()
        .flatMap(each -> each.exchanges().stream())
        .filter(exchange -> exchange.toChain() == chain)
        .toList();
  }

  /**
   * Stages that run together in one task.
   *
   * @param id place among the chains, from 0
   * @param head the source, keyed stage or stage with several inputs that it begins with
   * @param stages all of its stages, inputs before their readers
   * @param exchanges where its records go to other chains
   */
  public record Chain(int id, Stage head, List<Stage> stages, List<Exchange> exchanges) {
    /** Makes the lists unmodifiable. */
    public Chain {
      stages = List.copyOf(stages);
      exchanges = List.copyOf(exchanges);
    }

    /** Whether the stage runs in this chain. */
    public boolean contains(Stage stage) {
      return stages.contains(stage);
    }

    /** Whether it begins with a source. */
    public boolean isSource() {
      return head instanceof Stage.SourceStage;
    }
  }

  /**
   * Records of a stage go to the tasks of another chain.
   *
   * @param fromChain chain that writes
   * @param from stage whose records go
   * @param toChain chain that reads
   * @param toInput which input of its head they are
   * @param route which task gets a record
   */
  public record Exchange(int fromChain, Stage from, int toChain, int toInput, Route route) {}

  /** Which tasks of the reading chain a record goes to. */
  public sealed interface Route {
    /**
     * The one that owns its key.
     *
     * @param keying how records find their key
     */
    record ByKey(Stage.Keying<?, ?> keying) implements Route {}

    /** The one with the writing task's own subtask index. */
    record ToSame() implements Route {}

    /** Each. */
    record ToAll() implements Route {}
  }

  /** The chain that a stage runs in, if it is one of these. */
  static OptionalInt chainOf(List<List<Stage>> chains, Stage stage) {
    for (int i = 0; i < chains.size(); i++) {
      if (chains.get(i).contains(stage)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
