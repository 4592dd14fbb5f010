package dev.weir.benchmarks.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.ClickJson;
import dev.weir.benchmarks.work.ClickPlan;
import dev.weir.benchmarks.work.PassThrough;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputChecksTest {
  private static final long RECORDS = 20_000;

  @Test
  void shouldBeCompleteOnceEachRecordHasCome() {
    IdsCheck check = new IdsCheck(2);

    check.take(mapped(1));
    assertThat(check.isComplete()).isFalse();
    check.take(mapped(0));

    assertThat(check.isComplete()).isTrue();
    assertThat(check.problem()).isEmpty();
  }

  @Test
  void shouldFindARecordThatComesTwiceOrIsNotMapped() {
    IdsCheck twice = new IdsCheck(2);
    twice.take(mapped(1));
    twice.take(mapped(1));
    IdsCheck raw = new IdsCheck(2);
    raw.take(PassThrough.input(1, 0));

    assertThat(twice.problem()).contains("twice");
    assertThat(raw.problem()).contains("not mapped");
  }

  @Test
  void shouldTakeTheCountOfEveryWindowAndPage() {
    ClicksCheck check = new ClicksCheck(RECORDS);

    counts()
        .forEach(
            (label, count) -> check.take((label + count + "}").getBytes(StandardCharsets.UTF_8)));

    assertThat(check.problem()).isEmpty();
    assertThat(check.isComplete()).isTrue();
  }

  @Test
  void shouldFindACountThatIsTooHighOrComesAgain() {
    Map.Entry<String, Long> one = counts().entrySet().iterator().next();
    ClicksCheck high = new ClicksCheck(RECORDS);
    high.take((one.getKey() + (one.getValue() + 1) + "}").getBytes(StandardCharsets.UTF_8));
    ClicksCheck again = new ClicksCheck(RECORDS);
    again.take((one.getKey() + one.getValue() + "}").getBytes(StandardCharsets.UTF_8));
    again.take((one.getKey() + one.getValue() + "}").getBytes(StandardCharsets.UTF_8));

    assertThat(high.problem()).contains("wrong");
    assertThat(again.problem()).contains("wrong");
  }

  @Test
  void shouldFindASumThatIsNotTheOneUpToThen() {
    TotalsCheck check = new TotalsCheck(RECORDS);
    long sampled = 0;
    while (!BigState.isSampled(BigState.key(sampled))) {
      sampled++;
    }
    byte[] state = BigState.none();
    BigState.update(state, BigState.input(sampled));

    check.take(BigState.total(BigState.key(sampled), state));
    assertThat(check.problem()).isEmpty();
    check.take(BigState.total(BigState.key(sampled), state));

    assertThat(check.problem()).contains("wrong");
  }

  private static byte[] mapped(long id) {
    return PassThrough.map(PassThrough.input(id, 0));
  }

  private static Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    for (long i = 0; i < RECORDS; i++) {
      long window = ClickPlan.windowOf(ClickPlan.time(i));
      counts.merge(ClickJson.labelOf(window, ClickPlan.page(i)), 1L, Long::sum);
    }
    return counts;
  }
}
