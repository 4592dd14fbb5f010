package dev.weir.internal.runtime;

import dev.weir.internal.base.Waker;
import dev.weir.internal.channel.Channel;
import dev.weir.internal.channel.InputGate;
import dev.weir.internal.channel.OutputGate;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.plan.ExecutionGraph.Exchange;
import dev.weir.pipeline.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** All channels of an attempt: one from each writing to each reading subtask of every exchange. */
final class Exchanges {
  private final ExecutionGraph graph;
  private final Map<Exchange, Channel[][]> channels = new HashMap<>();

  /** Makes the channels; subtasks of all chains with the same index share a worker. */
  Exchanges(ExecutionGraph graph, IntFunction<Waker> workerOfSubtask) {
    this.graph = graph;
    for (ExecutionGraph.Chain chain : graph.chains()) {
      for (Exchange exchange : chain.exchanges()) {
        channels.put(exchange, grid(graph.parallelism(), workerOfSubtask));
      }
    }
  }

  private static Channel[][] grid(int n, IntFunction<Waker> workerOfSubtask) {
    Channel[][] grid = new Channel[n][n];
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        grid[from][to] = new Channel(workerOfSubtask.apply(to), workerOfSubtask.apply(from));
      }
    }
    return grid;
  }

  /** The reading end of all exchanges into a chain. */
  InputGate inputOf(int chain, int subtask) {
    return new InputGate(
        graph.exchangesInto(chain).stream()
            .flatMap(
                exchange ->
                    IntStream.range(0, graph.parallelism())
                        .mapToObj(from -> channels.get(exchange)[from][subtask]))
            .toList());
  }

  /** The tasks behind the channels of {@link #inputOf}, in their order. */
  List<TaskId> sendersInto(int chain) {
    return graph.exchangesInto(chain).stream()
        .map(exchange -> graph.chains().get(exchange.fromChain()))
        .flatMap(
            from ->
                IntStream.range(0, graph.parallelism())
                    .mapToObj(subtask -> new TaskId(from.id(), subtask, from.head().name())))
        .toList();
  }

  /** The writing ends of all exchanges that begin at a stage. */
  List<OutputGate<Object>> outputsOf(ExecutionGraph.Chain chain, Stage stage, int subtask) {
    return chain.exchanges().stream()
        .filter(exchange -> exchange.from() == stage)
        .map(
            exchange ->
                new OutputGate<>(
                    List.of(channels.get(exchange)[subtask]), subtaskOf(exchange.keying())))
        .toList();
  }

  @SuppressWarnings("unchecked") // The pipeline typed the selector by what it is given.
  private <K> ToIntFunction<Object> subtaskOf(Stage.Keying<?, K> keying) {
    Stage.Keying<Object, K> typed = (Stage.Keying<Object, K>) keying;
    KeyHash<K> hash = KeyHash.of(keying.serializer());
    int max = graph.maxParallelism();
    int n = graph.parallelism();
    return value -> {
      K key = typed.selector().key(value);
      return KeyGroups.subtaskOf(KeyGroups.ofHash(hash.hash(key), max), max, n);
    };
  }
}
