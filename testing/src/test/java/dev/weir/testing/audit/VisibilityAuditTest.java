package dev.weir.testing.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VisibilityAuditTest {
  private final Map<Place, String> committed =
      new TreeMap<>(Map.of(at(0), "one", at(3), "two", at(4), "three"));
  private final Map<Place, String> uncommitted =
      new TreeMap<>(Map.of(at(0), "one", at(1), "aborted", at(3), "two", at(4), "three"));

  @Test
  void shouldFindNothingWrongWithAViewThatGrows() {
    committed.put(new Place(1, 0), "other partition");
    Map<Place, String> earlier = Map.of(at(0), "one", at(3), "two");

    AuditReport report = new VisibilityAudit(committed).continues(earlier).finish();

    assertThat(report.isClean()).isTrue();
  }

  @Test
  void shouldFindARecordOfAnAbortedTransactionThatIsVisible() {
    committed.put(at(1), "aborted");

    AuditReport report =
        new VisibilityAudit(committed).isPartOf(uncommitted).hides("aborted"::equals).finish();

    assertThat(report.samples()).containsExactly(new Finding.UncommittedVisible("aborted", at(1)));
  }

  @Test
  void shouldFindAVisibleRecordThatIsNotInTheTopic() {
    uncommitted.remove(at(3));

    AuditReport report = new VisibilityAudit(committed).isPartOf(uncommitted).finish();

    assertThat(report.samples()).containsExactly(new Finding.Vanished("two", "nothing", at(3)));
  }

  @Test
  void shouldFindARecordThatWasVisibleOnceAndIsGone() {
    Map<Place, String> earlier = Map.of(at(0), "one", at(2), "ghost");

    AuditReport report = new VisibilityAudit(committed).continues(earlier).finish();

    assertThat(report.samples()).containsExactly(new Finding.Vanished("ghost", "nothing", at(2)));
  }

  @Test
  void shouldFindARecordThatHasChanged() {
    AuditReport report = new VisibilityAudit(committed).continues(Map.of(at(0), "uno")).finish();

    assertThat(report.samples()).containsExactly(new Finding.Vanished("uno", "one", at(0)));
  }

  @Test
  void shouldFindARecordThatAppearedInFrontOfWhatWasSeen() {
    Map<Place, String> earlier = Map.of(at(0), "one", at(4), "three");

    AuditReport report = new VisibilityAudit(committed).continues(earlier).finish();

    assertThat(report.samples())
        .containsExactly(new Finding.Unexpected("an insertion, two", at(3)));
  }

  private static Place at(long offset) {
    return new Place(0, offset);
  }
}
