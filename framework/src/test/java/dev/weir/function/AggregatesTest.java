package dev.weir.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connector.Sink;
import dev.weir.connector.Source;
import dev.weir.pipeline.DataStream;
import dev.weir.pipeline.Pipeline;
import dev.weir.serde.TypeSerializer;
import dev.weir.serde.TypeSerializers;
import dev.weir.time.TimeWindow;
import dev.weir.time.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregatesTest {
  record Click(String page, long millis) {}

  record PageCount(String page, TimeWindow window, long count) {}

  record PageMean(String page, TimeWindow window, double mean) {}

  /** Compiles only if types are found without help. */
  static void usage(Pipeline pipeline, Source<Click> clicks, Sink<PageCount> counts) {
    DataStream<Click> records = pipeline.source("clicks", clicks);
    records
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofSeconds(15)))
        .aggregate("count", Aggregates.counting(), PageCount::new)
        .sink("counts", counts);
    records
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofSeconds(15)))
        .aggregate("mean", Aggregates.averaging(Click::millis), PageMean::new)
        .map(mean -> new PageCount(mean.page(), mean.window(), 0))
        .sink("means", counts);
    records
        .keyBy(Click::page)
        .window(Windows.tumbling(Duration.ofSeconds(15)))
        .aggregate("sum", Aggregates.summingLong(Click::millis), PageCount::new)
        .sink("sums", counts);
  }

  @Test
  void shouldCountValues() throws IOException {
    assertThat(fold(Aggregates.counting(), List.of("a", "b", "c"))).isEqualTo(3L);
  }

  @Test
  void shouldFoldNumbers() throws IOException {
    List<Click> clicks =
        List.of(new Click("a", 3), new Click("b", -1), new Click("c", 7), new Click("d", 7));

    assertThat(fold(Aggregates.summingLong(Click::millis), clicks)).isEqualTo(16L);
    assertThat(fold(Aggregates.minLong(Click::millis), clicks)).isEqualTo(-1L);
    assertThat(fold(Aggregates.maxLong(Click::millis), clicks)).isEqualTo(7L);
    assertThat(fold(Aggregates.averaging(Click::millis), clicks)).isEqualTo(4.0);
    assertThat(fold(Aggregates.summingDouble(Click::millis), clicks)).isEqualTo(16.0);
  }

  @Test
  void shouldReduceWithoutTouchingTheValues() throws IOException {
    List<String> first = new ArrayList<>(List.of("a"));
    TypeSerializer<List<String>> lists = TypeSerializers.listOf(TypeSerializers.of(String.class));
    ReduceFunction<List<String>> append =
        (left, right) -> {
          left.addAll(right);
          return left;
        };

    List<String> all =
        fold(Aggregates.reducing(append, lists), List.of(first, List.of("b"), List.of("c")));

    assertThat(all).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(first).containsExactly("a");
  }

  /** Adds and merges in two groups; each accumulator goes through bytes and through a copy. */
  private static <T, A, R> R fold(AggregateFunction<T, A, R> aggregate, List<T> values)
      throws IOException {
    A left = aggregate.createAccumulator();
    A right = aggregate.createAccumulator();
    for (int i = 0; i < values.size(); i++) {
      A copied = aggregate.accumulatorSerializer().copy(left);
      left = i % 2 == 0 ? throughBytes(aggregate, aggregate.add(values.get(i), copied)) : left;
      right = i % 2 == 0 ? right : aggregate.add(values.get(i), right);
    }
    A merged = aggregate.merge(aggregate.createAccumulator(), left);
    aggregate.merge(aggregate.accumulatorSerializer().copy(merged), right);
    return aggregate.result(aggregate.merge(merged, right));
  }

  private static <A> A throughBytes(AggregateFunction<?, A, ?> aggregate, A accumulator)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    aggregate.accumulatorSerializer().serialize(accumulator, new DataOutputStream(bytes));
    return aggregate
        .accumulatorSerializer()
        .deserialize(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
