package dev.weir.sample.clickcount.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.job.StateBackend;
import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.PageCount;
import dev.weir.sample.clickcount.job.JobMeters;
import dev.weir.sample.clickcount.verifier.CountReader.CountRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DemoProgressTest {
  private static final TopicPartition PARTITION = new TopicPartition("output", 0);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final DemoProgress progress = new DemoProgress(settings());
  private long offset;

  @Test
  void shouldKillOnceTheJobHasWorkedAndItsTimeHasCome() {
    progress.began(0);
    progress.processStarted(0);
    assertThat(progress.isKillDue(at(50))).as("before any output").isFalse();

    count("/help", at(10));
    assertThat(progress.isKillDue(at(10))).as("before it has lived").isFalse();
    assertThat(progress.isKillDue(at(55))).isTrue();

    progress.killed(at(55), Map.of(PARTITION, 1L));
    assertThat(progress.isKillDue(at(59))).as("all kills are done").isFalse();
  }

  @Test
  void shouldNeedClicksUntilTheJobIsBackFromItsLastKill() {
    progress.began(0);
    count("/help", at(10));
    progress.killed(at(55), Map.of(PARTITION, 1L));
    assertThat(progress.needsClicks(at(65))).as("still recovering").isTrue();

    Optional<Duration> recovery = count("/index", at(70));

    assertThat(recovery).contains(Duration.ofSeconds(15));
    assertThat(progress.needsClicks(at(70))).isFalse();
  }

  @Test
  void shouldNotNeedClicksForEver() {
    progress.began(0);

    assertThat(progress.needsClicks(at(119))).isTrue();
    assertThat(progress.needsClicks(at(121))).isFalse();
  }

  @Test
  void shouldHaveAllCountsOnlyOfAClosedInput() {
    progress.began(0);
    Clicks.PAGES.forEach(page -> count(page, at(1)));
    assertThat(progress.hasAllCounts()).isFalse();

    progress.inputClosed(new InputPlan(START, 1));

    assertThat(progress.hasAllCounts()).isTrue();
  }

  @Test
  void shouldNotTakeAnEarlierProcessForOneThatHasReadAll() {
    progress.began(0);
    assertThat(progress.isRunning(at(2))).contains(Duration.ofSeconds(2));
    assertThat(progress.metered(meters(100))).isTrue();
    assertThat(progress.hasReadAll()).isFalse();
    assertThat(progress.metered(meters(0))).isTrue();
    assertThat(progress.metered(meters(0))).as("nothing has moved").isFalse();
    assertThat(progress.hasReadAll()).isTrue();

    progress.killed(at(3), Map.of());
    progress.processStarted(at(3));

    assertThat(progress.hasReadAll()).isFalse();
  }

  private Optional<Duration> count(String page, long nanos) {
    PageCount count = new PageCount(page, START, START.plus(Clicks.WINDOW), Clicks.PER_PAGE);
    return progress.counted(new CountRecord(PARTITION, offset++, count), nanos);
  }

  private static JobMeters meters(double lag) {
    return new JobMeters(1, 4000, lag, 20, 1000, 0);
  }

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static DemoSettings settings() {
    return new DemoSettings(
        Optional.empty(),
        4000,
        Duration.ofMinutes(1),
        1,
        42,
        2,
        StateBackend.HEAP,
        DeliveryGuarantee.EXACTLY_ONCE,
        Duration.ofSeconds(1));
  }
}
