package dev.weir.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.error.InvalidConfigException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OffsetResolverTest {
  private static final TopicPartition PARTITION = new TopicPartition("in", 0);
  private static final OffsetBounds BOUNDS = new OffsetBounds(5, 90, 100, OptionalLong.of(40));

  @Tag("S22")
  @Test
  void shouldResolveEachStartToAConcreteOffset() {
    assertThat(start(StartOffsets.earliest())).isEqualTo(5);
    assertThat(start(StartOffsets.latest())).as("open transactions come after").isEqualTo(90);
    assertThat(start(StartOffsets.timestamp(Instant.EPOCH))).isEqualTo(40);
    assertThat(start(StartOffsets.offsets(Map.of(PARTITION, 77L)))).isEqualTo(77);
  }

  @Test
  void shouldStartAtTheEndWhereNoRecordIsThatYoung() {
    OffsetBounds none = new OffsetBounds(5, 90, 100, OptionalLong.empty());

    assertThat(OffsetResolver.start(StartOffsets.timestamp(Instant.EPOCH), PARTITION, none))
        .isEqualTo(90);
  }

  @Test
  void shouldEndAtWhatIsCommittedNow() {
    assertThat(OffsetResolver.stop(StopOffsets.currentEnd(), PARTITION, BOUNDS)).isEqualTo(90);
    assertThat(OffsetResolver.stop(StopOffsets.offsets(Map.of(PARTITION, 33L)), PARTITION, BOUNDS))
        .isEqualTo(33);
  }

  @Test
  void shouldRefuseGivenOffsetsThatTheBrokerDoesNotHave() {
    assertThatThrownBy(() -> start(StartOffsets.offsets(Map.of(PARTITION, 4L))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("in-0 is 4, but the partition has offsets 5 to 100");
    assertThatThrownBy(() -> start(StartOffsets.offsets(Map.of(PARTITION, 101L))))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void shouldWantAnOffsetForEveryPartitionAndForNoOther() {
    assertThatThrownBy(() -> start(StartOffsets.offsets(Map.of())))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("do not name in-0");
    Map<TopicPartition, Long> offsets = Map.of(new TopicPartition("in", 9), 1L);
    assertThatThrownBy(() -> OffsetResolver.checkNames(offsets, Set.of(PARTITION), "start"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("[in-9]");
  }

  private static long start(StartOffsets start) {
    return OffsetResolver.start(start, PARTITION, BOUNDS);
  }
}
