package dev.weir.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.connector.Sink;
import dev.weir.connector.Source;
import dev.weir.error.InvalidPipelineException;
import dev.weir.function.Aggregates;
import dev.weir.function.KeyedBroadcastProcessFunction;
import dev.weir.internal.job.PipelineEnds;
import dev.weir.internal.plan.ExecutionGraph.Chain;
import dev.weir.internal.plan.ExecutionGraph.Exchange;
import dev.weir.internal.plan.ExecutionGraph.Route;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.state.MapStateDescriptor;
import dev.weir.time.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final MapStateDescriptor<String, String> RULES =
      MapStateDescriptor.of("rules", String.class, String.class);

  private final Pipeline pipeline = Pipeline.named("planned");

  /** Does nothing. */
  private static final class Nothing
      implements KeyedBroadcastProcessFunction<String, String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(String value, Context<String, String> context) {}

    @Override
    public void processBroadcast(String value, BroadcastContext<String> context) {}
  }

  private DataStream<String> source(String name, boolean hasWatermarks) {
    Source<String> source = PipelineEnds.source(hasWatermarks);
    return pipeline.source(name, source);
  }

  private static Sink<String> sink() {
    return PipelineEnds.sink();
  }

  @Test
  void shouldBeginAChainAtEachStageWithSeveralInputs() {
    DataStream<String> left = source("left", false);
    DataStream<String> right = source("right", false).map(text -> text);
    left.union(right, left).map(text -> text).sink("out", sink());

    ExecutionGraph graph = Planner.plan(pipeline.graph(), 1, 8);

    assertThat(graph.chains().stream().map(chain -> names(chain)))
        .containsExactly(
            List.of("left"), List.of("right", "map-2"), List.of("union-3", "map-4", "out"));
    assertThat(graph.exchangesInto(2).stream().map(Exchange::toInput)).containsExactly(0, 2, 1);
    assertThat(graph.exchangesInto(2))
        .allMatch(exchange -> exchange.route() instanceof Route.ToSame);
  }

  private static List<String> names(Chain chain) {
    return chain.stages().stream().map(Stage::name).toList();
  }

  @Test
  void shouldSendKeyedRecordsToTheirTaskAndBroadcastOnesToAll() {
    source("data", false)
        .keyBy(text -> text)
        .connect(source("rules", false).broadcast(RULES))
        .process("ruled", new Nothing())
        .sink("out", sink());

    ExecutionGraph graph = Planner.plan(pipeline.graph(), 1, 8);

    assertThat(graph.exchangesInto(2))
        .extracting(exchange -> exchange.from().name(), exchange -> exchange.route().getClass())
        .containsExactly(tuple("data", Route.ByKey.class), tuple("rules", Route.ToAll.class));
  }

  @Test
  void shouldRefuseWindowsBehindAnySourceWithoutWatermarks() {
    source("timed", true)
        .union(source("timeless", false))
        .keyBy(text -> text)
        .window(Windows.tumbling(Duration.ofSeconds(1)))
        .aggregate("count", Aggregates.counting(), (key, window, count) -> key + count)
        .sink("out", sink());

    assertThatThrownBy(() -> Planner.plan(pipeline.graph(), 2, 8))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("count", "'timeless'");
  }

  @Test
  void shouldRefuseStreamsOfAnotherPipelineAndBroadcastsWithoutState() {
    DataStream<String> foreign =
        Pipeline.named("other").source("foreign", PipelineEnds.<String>source(false));
    DataStream<String> ours = source("ours", false);

    assertThatThrownBy(() -> ours.union(foreign))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll("planned", "other");
    assertThatThrownBy(() -> ours.broadcast())
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("MapStateDescriptor");
    assertThatThrownBy(() -> ours.broadcast(RULES, RULES))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("rules");
  }
}
