package dev.weir.sample.clickcount.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.PageCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClickVerifierTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final InputPlan PLAN = new InputPlan(START, 3);

  private final List<PageCount> counts = perfect();

  @Test
  void shouldFindNothingInAPerfectOutputInAnyOrder() {
    Collections.shuffle(counts, new Random(7));

    Verdict verdict = verdict();

    assertThat(verdict.isExact()).isTrue();
    assertThat(verdict.isComplete()).isTrue();
    assertThat(verdict.summary()).isEqualTo("3 windows checked (18 counts): 0 lost, 0 doubled");
    assertThat(verdict.faults()).isEmpty();
  }

  @Test
  void shouldFindALostCount() {
    counts.remove(8);

    Verdict verdict = verdict();

    assertThat(verdict.lost()).containsExactly("/shop in window 2026-01-01T00:00:15Z");
    assertThat(verdict.isComplete()).isFalse();
    assertThat(verdict.faults()).containsExactly("lost: /shop in window 2026-01-01T00:00:15Z");
  }

  @Test
  void shouldFindALostWindow() {
    counts.removeIf(count -> count.windowStart().equals(START));

    Verdict verdict = verdict();

    assertThat(verdict.lost()).hasSize(Clicks.PAGES.size());
    assertThat(verdict.doubled()).isEmpty();
  }

  @Test
  void shouldFindADoubledCount() {
    counts.add(counts.get(0));

    Verdict verdict = verdict();

    assertThat(verdict.doubled())
        .containsExactly("/help in window 2026-01-01T00:00:00Z came 2 times");
    assertThat(verdict.isExact()).isFalse();
    assertThat(verdict.isComplete()).isTrue();
  }

  @Test
  void shouldFindACountThatIsTooSmall() {
    replace(0, new PageCount("/help", START, START.plus(Clicks.WINDOW), 999));

    assertThat(verdict().wrong())
        .containsExactly("/help in window 2026-01-01T00:00:00Z has 999 clicks, not 1000");
  }

  @Test
  void shouldFindACountThatIsTooLarge() {
    replace(0, new PageCount("/help", START, START.plus(Clicks.WINDOW), 1001));

    assertThat(verdict().wrong()).hasSize(1);
    assertThat(verdict().isComplete()).isFalse();
  }

  @Test
  void shouldFindAWindowThatWasSplitInTwo() {
    replace(0, new PageCount("/help", START, START.plus(Clicks.WINDOW), 400));
    counts.add(new PageCount("/help", START, START.plus(Clicks.WINDOW), 600));

    Verdict verdict = verdict();

    assertThat(verdict.doubled()).hasSize(1);
    assertThat(verdict.wrong()).hasSize(2);
  }

  @Test
  void shouldFindAWindowOfTheWrongLength() {
    replace(0, new PageCount("/help", START, START.plusSeconds(30), 1000));

    assertThat(verdict().wrong())
        .containsExactly("/help in window 2026-01-01T00:00:00Z ends at 2026-01-01T00:00:30Z");
  }

  @Test
  void shouldFindACountThatNobodyClicked() {
    Instant before = START.minus(Clicks.WINDOW);
    counts.add(new PageCount("/help", before, START, 1000));
    counts.add(new PageCount("/admin", START, START.plus(Clicks.WINDOW), 1000));

    assertThat(verdict().wrong())
        .containsExactly(
            "/help in window 2025-12-31T23:59:45Z is no count of the input",
            "/admin in window 2026-01-01T00:00:00Z is no count of the input");
  }

  @Test
  void shouldShowOnlyTheFirstFaultsOfAKind() {
    counts.clear();

    Verdict verdict = verdict();

    assertThat(verdict.lost()).hasSize(18);
    assertThat(verdict.faults()).hasSize(11).last().isEqualTo("lost: and 8 more");
  }

  @Test
  void shouldJudgeAllButTheNewestWindowWhenTheInputHasNoEnd() {
    ClickVerifier verifier = verifier();

    assertThat(verifier.planSoFar()).contains(new InputPlan(START, 2));
    assertThat(new ClickVerifier().planSoFar()).isEmpty();
  }

  @Test
  void shouldNotCountWhatComesAfterThePlanAgainstIt() {
    Verdict verdict = verifier().verdict(new InputPlan(START, 2));

    assertThat(verdict.isExact()).isTrue();
  }

  private void replace(int index, PageCount count) {
    counts.set(index, count);
  }

  private Verdict verdict() {
    return verifier().verdict(PLAN);
  }

  private ClickVerifier verifier() {
    ClickVerifier verifier = new ClickVerifier();
    counts.forEach(verifier::add);
    return verifier;
  }

  private static List<PageCount> perfect() {
    List<PageCount> counts = new ArrayList<>();
    for (long window = 0; window < PLAN.windows(); window++) {
      Instant start = START.plus(Clicks.WINDOW.multipliedBy(window));
      Clicks.PAGES.forEach(
          page ->
              counts.add(new PageCount(page, start, start.plus(Clicks.WINDOW), Clicks.PER_PAGE)));
    }
    return counts;
  }
}
