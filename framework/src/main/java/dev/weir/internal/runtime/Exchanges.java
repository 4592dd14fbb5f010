package dev.weir.internal.runtime;

import dev.weir.internal.base.Waker;
import dev.weir.internal.channel.Channel;
import dev.weir.internal.channel.InputGate;
import dev.weir.internal.channel.OutputGate;
import dev.weir.internal.checkpoint.TaskId;
import dev.weir.internal.combine.LocalAggregation;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.key.KeyHash;
import dev.weir.internal.plan.ExecutionGraph;
import dev.weir.internal.plan.ExecutionGraph.Exchange;
import dev.weir.internal.plan.ExecutionGraph.Route;
import dev.weir.pipeline.Stage;
import dev.weir.serde.TypeSerializer;
import java.util.ArrayList;
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

  /** A channel into a task. */
  private record Link(Channel channel, int input, TaskId sender) {}

  /** Makes the channels; subtasks of all chains with the same index share a worker. */
  Exchanges(ExecutionGraph graph, IntFunction<Waker> workerOfSubtask) {
    this.graph = graph;
    for (ExecutionGraph.Chain chain : graph.chains()) {
      for (Exchange exchange : chain.exchanges()) {
        channels.put(exchange, grid(exchange, workerOfSubtask));
      }
    }
  }

  private Channel[][] grid(Exchange exchange, IntFunction<Waker> workerOfSubtask) {
    int n = graph.parallelism();
    Channel[][] grid = new Channel[n][n];
    for (int from = 0; from < n; from++) {
      for (int to = 0; to < n; to++) {
        if (isLinked(exchange, from, to)) {
          grid[from][to] = new Channel(workerOfSubtask.apply(to), workerOfSubtask.apply(from));
        }
      }
    }
    return grid;
  }

  private static boolean isLinked(Exchange exchange, int from, int to) {
    return from == to || !(exchange.route() instanceof Route.ToSame);
  }

  /** The reading end of all exchanges into a chain. */
  InputGate inputOf(int chain, int subtask) {
    List<Link> links = linksInto(chain, subtask);
    return new InputGate(
        links.stream().map(Link::channel).toList(), links.stream().mapToInt(Link::input).toArray());
  }

  /** The tasks behind the channels of {@link #inputOf}, in their order. */
  List<TaskId> sendersInto(int chain, int subtask) {
    return linksInto(chain, subtask).stream().map(Link::sender).toList();
  }

  private List<Link> linksInto(int chain, int subtask) {
    List<Link> links = new ArrayList<>();
    for (Exchange exchange : graph.exchangesInto(chain)) {
      ExecutionGraph.Chain sender = graph.chains().get(exchange.fromChain());
      for (int from = 0; from < graph.parallelism(); from++) {
        if (isLinked(exchange, from, subtask)) {
          links.add(
              new Link(
                  channels.get(exchange)[from][subtask],
                  exchange.toInput(),
                  new TaskId(sender.id(), from, sender.head().name())));
        }
      }
    }
    return links;
  }

  /** The writing ends of all exchanges that begin at a stage. */
  List<OutputGate<Object>> outputsOf(ExecutionGraph.Chain chain, Stage stage, int subtask) {
    return chain.exchanges().stream()
        .filter(exchange -> exchange.from() == stage)
        .map(exchange -> gate(exchange, channels.get(exchange)[subtask], subtask))
        .toList();
  }

  private OutputGate<Object> gate(Exchange exchange, Channel[] toSubtasks, int subtask) {
    if (exchange.route() instanceof Route.ByKey byKey) {
      return keyedGate(byKey.keying(), graph.chains().get(exchange.toChain()).head(), toSubtasks);
    }
    return exchange.route() instanceof Route.ToAll
        ? new OutputGate<>(List.of(toSubtasks), value -> OutputGate.ALL)
        : new OutputGate<>(List.of(toSubtasks[subtask]), value -> 0);
  }

  @SuppressWarnings("unchecked") // The pipeline typed the selector by what it is given.
  private <K> OutputGate<Object> keyedGate(
      Stage.Keying<?, K> keying, Stage reader, Channel[] toSubtasks) {
    Stage.Keying<Object, K> typed = (Stage.Keying<Object, K>) keying;
    ToIntFunction<K> subtaskOf = subtaskOf(keying.serializer());
    return new OutputGate<>(
        List.of(toSubtasks),
        value -> subtaskOf.applyAsInt(typed.selector().key(value)),
        reader instanceof Stage.WindowStage<?, ?, ?, ?, ?> windows
            ? LocalAggregation.of((Stage.WindowStage<K, Object, ?, ?, ?>) windows, subtaskOf)
            : null);
  }

  private <K> ToIntFunction<K> subtaskOf(TypeSerializer<K> serializer) {
    KeyHash<K> hash = KeyHash.of(serializer);
    int max = graph.maxParallelism();
    int n = graph.parallelism();
    int[] subtasks = IntStream.range(0, max).map(g -> KeyGroups.subtaskOf(g, max, n)).toArray();
    return key -> subtasks[KeyGroups.ofHash(hash.hash(key), max)];
  }
}
