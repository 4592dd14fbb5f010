package dev.weir.internal.operator;

import dev.weir.internal.snapshot.StagePart;
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
  private final Map<String, KeyedOperator> keyed = new LinkedHashMap<>();
  private final Map<String, SinkOperator<?>> sinks = new LinkedHashMap<>();
  private SourceOperator<?> source;
  private Output<Object> head;

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
      chain.head = (Output<Object>) chain.operator(head);
    }
    return chain;
  }

  /** The source at the head, if it is one. */
  public Optional<SourceOperator<?>> source() {
    return Optional.ofNullable(source);
  }

  /** Takes the records of a chain whose head is not a source. */
  public Output<Object> head() {
    return head;
  }

  /** Every operator that takes part in checkpoints; those nearer to the sources come first. */
  public List<StatefulOperator> stateful() {
    List<StatefulOperator> operators = new ArrayList<>(stateful.values());
    Collections.reverse(operators);
    return operators;
  }

  /** Names of the stages with keyed state. */
  public List<String> keyedStages() {
    return List.copyOf(keyed.keySet());
  }

  /** Sets a keyed stage's watermark from the parts of a checkpoint. */
  public void restoreWatermark(String stage, List<StagePart> parts) {
    keyed.get(stage).restoreWatermark(KeyedPart.watermarkOf(stage, parts));
  }

  /** Number of records a window stage has dropped as late. */
  public long lateRecords(String stage) {
    return keyed.get(stage).lateRecords();
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
    } else if (stage instanceof Stage.SinkStage<?> sink) {
      return sinkOperator(sink);
    }
    throw new IllegalStateException("A source cannot read another stage: " + stage);
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
    return keyed(new WindowOperator<>(stage, factory.backend(stage.name()), output), stage);
  }

  private <K, T, R> Output<T> processOperator(Stage.ProcessStage<K, T, R> stage) throws Exception {
    Output<R> output = readersOf(stage);
    return keyed(new ProcessOperator<>(stage, factory.backend(stage.name()), clock, output), stage);
  }

  private <T> Output<T> sinkOperator(Stage.SinkStage<T> stage) throws Exception {
    SinkOperator<T> operator = new SinkOperator<>(stage.name(), factory.writer(stage));
    stateful.put(stage.name(), operator);
    sinks.put(stage.name(), operator);
    return operator;
  }

  private <T, P extends Output<T> & KeyedOperator> Output<T> keyed(P operator, Stage stage) {
    stateful.put(stage.name(), operator);
    keyed.put(stage.name(), operator);
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
