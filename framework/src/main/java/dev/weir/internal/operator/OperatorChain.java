package dev.weir.internal.operator;

import dev.weir.internal.key.KeyBounds;
import dev.weir.internal.key.KeyPage;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.pertask.TaskStates;
import dev.weir.job.KeyQuery;
import dev.weir.job.StateQuery;
import dev.weir.pipeline.LogicalGraph;
import dev.weir.pipeline.Stage;
import dev.weir.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The operators of one task, wired: the head takes records, the gates and sinks at the ends give
 * them away. Built on an I/O thread, then confined to the task thread.
 */
public final class OperatorChain {
  private final LogicalGraph graph;
  private final Predicate<Stage> isInChain;
  private final OperatorFactory factory;
  private final Clock clock;
  private final Map<String, StatefulOperator> stateful = new LinkedHashMap<>();
  private final Map<String, RestorableOperator> restorable = new LinkedHashMap<>();
  private final Map<String, SinkOperator<?>> sinks = new LinkedHashMap<>();
  private SourceOperator<?> source;
  private final List<Output<Object>> heads = new ArrayList<>();

  private OperatorChain(
      LogicalGraph graph, Predicate<Stage> isInChain, OperatorFactory factory, Clock clock) {
    this.graph = graph;
    this.isInChain = isInChain;
    this.factory = factory;
    this.clock = clock;
  }

  /** Builds the operators of all stages of the chain that begins with this head. */
  @SuppressWarnings("unchecked") // Whoever feeds the head was typed by the pipeline.
  public static OperatorChain build(
      Stage head,
      LogicalGraph graph,
      Predicate<Stage> isInChain,
      OperatorFactory factory,
      Clock clock)
      throws Exception {
    OperatorChain chain = new OperatorChain(graph, isInChain, factory, clock);
    if (head instanceof Stage.SourceStage<?> sourceStage) {
      chain.source = chain.sourceOperator(sourceStage);
    } else {
      chain.inputsOf(head).forEach(input -> chain.heads.add((Output<Object>) input));
    }
    return chain;
  }

  /** The source at the head, if it is one. */
  public Optional<SourceOperator<?>> source() {
    return Optional.ofNullable(source);
  }

  /**
   * Take the records of a chain whose head is not a source, one for each of its inputs; the first
   * takes watermarks and all else.
   */
  public List<Output<Object>> heads() {
    return List.copyOf(heads);
  }

  /** Every operator that takes part in checkpoints; those nearer to the sources come first. */
  public List<StatefulOperator> stateful() {
    List<StatefulOperator> operators = new ArrayList<>(stateful.values());
    Collections.reverse(operators);
    return operators;
  }

  /** Names of the stages behind sources that have state. */
  public List<String> restorableStages() {
    return List.copyOf(restorable.keySet());
  }

  /** Sets what a stage keeps besides its rows from the parts of a checkpoint. */
  public void restore(String stage, List<StagePart> parts) {
    RestorableOperator operator = restorable.get(stage);
    InlinePart read = InlinePart.read(stage, operator.kind(), parts);
    operator.restoreWatermark(read.watermark());
    operator.taskStates().restore(read.taskStates());
  }

  /** What of {@link #restore} goes on otherwise than it was written, in sentences. */
  List<String> changes(String stage, List<StagePart> parts) {
    RestorableOperator operator = restorable.get(stage);
    InlinePart read = InlinePart.read(stage, operator.kind(), parts);
    return operator.taskStates().changes(read.taskStates());
  }

  /** Lets user code see what is restored; before the first step. */
  public void open() {
    restorable.values().forEach(RestorableOperator::open);
  }

  /** Reads state of a stage; on the task's thread, between records. */
  public <R> R answer(String stage, StateQuery<R> query) {
    return restorable.get(stage).answer(query);
  }

  /** Reads state of the first keys of a stage in some key groups; as {@link #answer}. */
  public <K, R> KeyPage<Map.Entry<K, R>> keys(
      String stage, KeyQuery<K, R> query, KeyBounds bounds, int firstKeyGroup) {
    return restorable.get(stage).keys(query, bounds, firstKeyGroup);
  }

  /** Number of records a window stage has dropped as late. */
  public long lateRecords(String stage) {
    return restorable.get(stage).lateRecords();
  }

  /** Names of the sinks. */
  public List<String> sinkStages() {
    return List.copyOf(sinks.keySet());
  }

  /** Number of records handed to a sink. */
  public long recordsOut(String stage) {
    return sinks.get(stage).records();
  }

  private <T> SourceOperator<T> sourceOperator(Stage.SourceStage<T> stage) throws Exception {
    Output<T> output = readersOf(stage);
    SourceOperator<T> operator = new SourceOperator<>(stage, factory.reader(stage), clock, output);
    stateful.put(stage.name(), operator);
    return operator;
  }

  private List<Output<?>> inputsOf(Stage head) throws Exception {
    if (head instanceof Stage.BroadcastProcessStage<?, ?, ?, ?> stage) {
      return broadcastOperators(stage);
    }
    return Collections.nCopies(head.inputs().size(), operator(head));
  }

  private Output<?> operator(Stage stage) throws Exception {
    if (stage instanceof Stage.MapStage<?, ?> map) {
      return mapOperator(map);
    } else if (stage instanceof Stage.FilterStage<?> filter) {
      return filterOperator(filter);
    } else if (stage instanceof Stage.FlatMapStage<?, ?> flatMap) {
      return flatMapOperator(flatMap);
    } else if (stage instanceof Stage.WindowStage<?, ?, ?, ?, ?> window) {
      return windowOperator(window);
    } else if (stage instanceof Stage.ProcessStage<?, ?, ?> process) {
      return processOperator(process);
    } else if (stage instanceof Stage.TaskStage<?, ?> process) {
      return taskOperator(process);
    } else if (stage instanceof Stage.SinkStage<?> sink) {
      return sinkOperator(sink);
    } else if (stage instanceof Stage.UnionStage) {
      return readersOf(stage);
    }
    throw new IllegalStateException("It can only be the head of a chain: " + stage);
  }

  private <T, R> Output<T> mapOperator(Stage.MapStage<T, R> stage) throws Exception {
    return new MapOperator<>(stage, readersOf(stage));
  }

  private <T> Output<T> filterOperator(Stage.FilterStage<T> stage) throws Exception {
    return new FilterOperator<>(stage, readersOf(stage));
  }

  private <T, R> Output<T> flatMapOperator(Stage.FlatMapStage<T, R> stage) throws Exception {
    return new FlatMapOperator<>(stage, readersOf(stage));
  }

  private <K, T, A, R, O> Output<T> windowOperator(Stage.WindowStage<K, T, A, R, O> stage)
      throws Exception {
    Output<O> output = readersOf(stage);
    return added(new WindowOperator<>(stage, factory.backend(stage.name()), output), stage);
  }

  private <K, T, R> Output<T> processOperator(Stage.ProcessStage<K, T, R> stage) throws Exception {
    Output<R> output = readersOf(stage);
    return added(ProcessOperator.of(stage, factory.backend(stage.name()), clock, output), stage);
  }

  private <K, T, B, R> List<Output<?>> broadcastOperators(
      Stage.BroadcastProcessStage<K, T, B, R> stage) throws Exception {
    Output<R> output = readersOf(stage);
    TaskStates states =
        TaskStates.broadcast(stage.name(), factory.subtask(), stage.broadcastStates());
    ProcessOperator<K, T, R> keyed =
        new ProcessOperator<>(
            KeyedTables.of(
                stage.name(),
                stage.keying().serializer(),
                stage.function().states(),
                factory.backend(stage.name()),
                clock),
            states,
            stage.keying().selector(),
            KeyedWork.of(stage.function()),
            clock,
            output);
    return List.of(
        added(keyed, stage),
        new BroadcastInput<>(stage.name(), stage.function(), states, keyed::watermark, output));
  }

  private <T, R> Output<T> taskOperator(Stage.TaskStage<T, R> stage) throws Exception {
    Output<R> output = readersOf(stage);
    return added(new TaskOperator<>(stage, factory.subtask(), output), stage);
  }

  private <T> Output<T> sinkOperator(Stage.SinkStage<T> stage) throws Exception {
    SinkOperator<T> operator = new SinkOperator<>(stage.name(), factory.writer(stage));
    stateful.put(stage.name(), operator);
    sinks.put(stage.name(), operator);
    return operator;
  }

  private <T, P extends Output<T> & RestorableOperator> Output<T> added(P operator, Stage stage) {
    stateful.put(stage.name(), operator);
    restorable.put(stage.name(), operator);
    return operator;
  }

  @SuppressWarnings("unchecked") // The pipeline typed each reader by what it reads.
  private <T> Output<T> readersOf(Stage stage) throws Exception {
    List<Output<T>> outputs = new ArrayList<>(factory.<T>gates(stage));
    for (Stage reader : graph.readersOf(stage.id())) {
      if (isInChain.test(reader)) {
        outputs.add((Output<T>) operator(reader));
      }
    }
    return FanOut.of(outputs);
  }
}
