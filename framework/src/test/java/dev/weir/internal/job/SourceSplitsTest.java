package dev.weir.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connector.SourceSplit;
import dev.weir.connector.SplitEnumerator;
import dev.weir.error.ConnectorException;
import dev.weir.internal.operator.SplitState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SourceSplitsTest {
  private static final List<SplitState> RESTORED =
      List.of(new SplitState(split("a", 1), 100), new SplitState(split("b", 2), 200));

  @Test
  void shouldReadRestoredSplitsAsTheyAreConfiguredNow() {
    try (SourceSplits source = source(splits -> List.of(split("a", 11), split("b", 12)))) {
      List<SplitState> splits = source.restored(RESTORED);

      assertThat(splits).extracting(s -> s.split().id()).containsExactly("a", "b", "new");
      assertThat(splits)
          .extracting(s -> s.split().position()[0])
          .containsExactly((byte) 11, (byte) 12, (byte) 9);
      assertThat(splits)
          .extracting(SplitState::maxTimestamp)
          .as("event time goes on where it was")
          .containsExactly(100L, 200L, Long.MIN_VALUE);
    }
  }

  @Test
  void shouldRefuseOtherSplitsThanThoseOfTheCheckpoint() {
    try (SourceSplits source = source(splits -> splits.subList(1, 2))) {
      assertThatThrownBy(() -> source.restored(RESTORED))
          .isInstanceOf(ConnectorException.class)
          .hasMessageContaining("Source in gave other splits than it got");
    }
  }

  private static SourceSplit split(String id, int position) {
    return new SourceSplit(id, new byte[] {(byte) position});
  }

  private static SourceSplits source(UnaryOperator<List<SourceSplit>> ofNow) {
    return new SourceSplits(
        "in",
        new SplitEnumerator() {
          @Override
          public List<SourceSplit> initialSplits() {
            return List.of();
          }

          @Override
          public List<SourceSplit> restored(List<SourceSplit> splits) {
            return ofNow.apply(splits);
          }

          @Override
          public List<SourceSplit> discover(List<SourceSplit> known) {
            return List.of(split("new", 9));
          }

          @Override
          public Optional<Duration> discoveryInterval() {
            return Optional.empty();
          }

          @Override
          public void close() {}
        });
  }
}
