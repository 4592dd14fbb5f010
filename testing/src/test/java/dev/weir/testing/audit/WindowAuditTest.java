package dev.weir.testing.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each fault is planted in otherwise perfect results of windows of ten seconds. */
class WindowAuditTest {
  private static final Place PLACE = new Place(0, 0);
  private static final WindowKey A0 = new WindowKey("a", 0);
  private static final WindowKey A10 = new WindowKey("a", 10_000);
  private static final WindowKey B0 = new WindowKey("b", 0);
  private static final Map<WindowKey, Long> EXPECTED = Map.of(A0, 3L, A10, 1L, B0, 2L);

  private final List<WindowResult> topic =
      new ArrayList<>(List.of(result(A0, 3), result(B0, 2), result(A10, 1)));

  @Test
  void shouldFindNothingWrongWithPerfectResults() {
    assertThat(audit().describe()).isEqualTo("clean: expected 3 windows, seen 3");
  }

  @Test
  void shouldFindALostWindow() {
    topic.remove(result(B0, 2));

    assertOnly(new Finding.LostWindow(B0, 2));
  }

  @Test
  void shouldFindAWindowWithTwoEqualResults() {
    topic.add(result(A0, 3));

    assertOnly(new Finding.DoubledWindow(A0, 3, List.of(3L, 3L)));
  }

  @Test
  void shouldFindAWindowWithItsRecordsCountedTwice() {
    topic.set(0, result(A0, 6));

    assertOnly(new Finding.WrongValue(A0.toString(), "3", "6", PLACE));
  }

  @Test
  void shouldFindAWindowThatHasForgottenARecord() {
    topic.set(0, result(A0, 2));

    assertOnly(new Finding.WrongValue(A0.toString(), "3", "2", PLACE));
  }

  @Test
  void shouldFindAWindowSplitInTwo() {
    topic.set(0, result(A0, 1));
    topic.add(result(A0, 2));

    AuditReport report = audit();

    assertThat(report.counts())
        .isEqualTo(Map.of(Finding.WrongValue.class, 2L, Finding.DoubledWindow.class, 1L));
  }

  @Test
  void shouldFindAWindowNobodyExpects() {
    topic.add(result(new WindowKey("b", 10_000), 1));

    assertOnly(new Finding.Unexpected("key b, window from 10000", PLACE));
  }

  @Test
  void shouldFindAResultOfAnUnknownKey() {
    topic.add(result(new WindowKey("z", 0), 1));

    assertOnly(new Finding.Unexpected("key z, window from 0", PLACE));
  }

  @Test
  void shouldFindAResultThatCannotBeRead() {
    WindowAudit audit = new WindowAudit(Map.of());

    audit.unreadable("not JSON", PLACE);

    assertThat(audit.finish().samples()).containsExactly(new Finding.Unreadable("not JSON", PLACE));
  }

  @Test
  void shouldFindAllLostInAnEmptyTopic() {
    topic.clear();

    assertThat(audit().count(Finding.LostWindow.class)).isEqualTo(3);
  }

  @Test
  void shouldCountWhatEachWindowMustHave() {
    ExpectedWindows expected =
        ExpectedWindows.tumbling(Duration.ofSeconds(10))
            .add("a", 0)
            .add("a", 5_000)
            .add("a", 9_999)
            .add("a", 10_000)
            .add("b", 1)
            .add("b", 2);

    assertThat(expected.all()).isEqualTo(EXPECTED);
    assertThat(expected.closedBy(9_998)).isEmpty();
    assertThat(expected.closedBy(9_999)).isEqualTo(Map.of(A0, 3L, B0, 2L));
  }

  @Test
  void shouldPutTimesBeforeTheEpochIntoTheWindowThatHasThem() {
    ExpectedWindows expected = ExpectedWindows.tumbling(Duration.ofSeconds(10)).add("a", -1);

    assertThat(expected.all()).containsOnlyKeys(new WindowKey("a", -10_000));
  }

  private AuditReport audit() {
    WindowAudit audit = new WindowAudit(EXPECTED);
    topic.forEach(audit::accept);
    return audit.finish();
  }

  private void assertOnly(Finding planted) {
    assertThat(audit().samples()).containsExactly(planted);
  }

  private static WindowResult result(WindowKey window, long count) {
    return new WindowResult(window, count, PLACE);
  }
}
