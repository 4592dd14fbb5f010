package dev.weir.testing.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Each fault is planted in an otherwise perfect topic: keys a and b, numbers 1 to 10. */
class SequenceAuditTest {
  private static final ExpectedSequences EXPECTED =
      ExpectedSequences.counted(Map.of("a", 10L, "b", 10L), 1)
          .containing((key, number) -> key + number);

  private final List<NumberedRecord> topic = new ArrayList<>();

  SequenceAuditTest() {
    for (int number = 1; number <= 10; number++) {
      topic.add(record("a", number));
      topic.add(record("b", number));
    }
  }

  @Test
  void shouldFindNothingWrongWithAPerfectTopic() {
    AuditReport report = audit();

    assertThat(report.isClean()).isTrue();
    assertThat(report.describe()).isEqualTo("clean: expected 20 records, seen 20");
    report.requireClean();
  }

  @Test
  void shouldFindALostRecord() {
    topic.removeIf(is("a", 4));

    assertOnly(new Finding.Lost("a", 4, 4, false));
  }

  @Test
  void shouldFindALostStretchAsOneFindingThatCountsItsRecords() {
    topic.removeIf(is("a", 4).or(is("a", 5)).or(is("a", 6)));

    AuditReport report = assertOnly(new Finding.Lost("a", 4, 6, false));
    assertThat(report.count(Finding.Lost.class)).isEqualTo(3);
  }

  @Test
  void shouldFindALostTail() {
    topic.removeIf(is("b", 9).or(is("b", 10)));

    assertOnly(new Finding.Lost("b", 9, 10, true));
  }

  @Test
  void shouldFindAKeyThatIsLostAltogether() {
    topic.removeIf(record -> record.key().equals("b"));

    assertOnly(new Finding.Lost("b", 1, 10, true));
  }

  @Test
  void shouldFindEverythingLostInAnEmptyTopic() {
    topic.clear();

    assertThat(audit().count(Finding.Lost.class)).isEqualTo(20);
  }

  @Test
  void shouldFindADoubledRecord() {
    topic.add(record("a", 10));

    assertOnly(new Finding.Doubled("a", 10, place()));
  }

  @Test
  void shouldFindAReplayAfterARestartAsDoubledNotAsReordered() {
    for (int number = 6; number <= 10; number++) {
      topic.add(record("a", number));
    }

    AuditReport report = audit();

    assertThat(report.counts()).isEqualTo(Map.of(Finding.Doubled.class, 5L));
  }

  @Test
  void shouldFindTwoNeighboursOfAKeySwapped() {
    Collections.swap(topic, topic.indexOf(record("a", 3)), topic.indexOf(record("a", 4)));

    assertOnly(new Finding.Reordered("a", 3, 4, place()));
  }

  @Test
  void shouldFindRecordsThatARestartPutBehindLaterOnes() {
    List<NumberedRecord> late = topic.stream().filter(is("a", 4).or(is("a", 5))).toList();
    topic.removeAll(late);
    topic.addAll(late);

    AuditReport report = audit();

    assertThat(report.counts()).isEqualTo(Map.of(Finding.Reordered.class, 2L));
    assertThat(report.samples()).contains(new Finding.Reordered("a", 4, 10, place()));
  }

  @Test
  void shouldFindARecordOfAnUnknownKey() {
    topic.add(record("c", 1));

    assertOnly(new Finding.Unexpected("key c, number 1", place()));
  }

  @Test
  void shouldFindANumberBeyondWhatWasSent() {
    topic.add(record("a", 11));
    topic.add(record("a", 0));

    assertThat(audit().counts()).isEqualTo(Map.of(Finding.Unexpected.class, 2L));
  }

  @Test
  void shouldFindChangedContent() {
    topic.replaceAll(found -> is("a", 7).test(found) ? with(found, "garbage") : found);

    assertOnly(new Finding.WrongValue("key a, number 7", "a7", "garbage", place()));
  }

  @Test
  void shouldFindADoubledRecordWithOtherContentAsBoth() {
    topic.add(with(record("a", 7), "other"));

    AuditReport report = audit();

    assertThat(report.counts())
        .isEqualTo(Map.of(Finding.Doubled.class, 1L, Finding.WrongValue.class, 1L));
  }

  @Test
  void shouldCompareCopiesWithEachOtherWhereTheRightContentIsNotKnown() {
    SequenceAudit audit = new SequenceAudit(ExpectedSequences.none().with("a", 1, 1));

    audit.accept(record("a", 1));
    audit.accept(with(record("a", 1), "other"));

    assertThat(audit.finish().count(Finding.WrongValue.class)).isEqualTo(1);
  }

  @Test
  void shouldFindAKeyScatteredOverPartitions() {
    topic.replaceAll(
        found ->
            is("a", 10).test(found) ? new NumberedRecord("a", 10, "a10", new Place(1, 0)) : found);

    assertOnly(new Finding.Scattered("a", 0, new Place(1, 0)));
  }

  @Test
  void shouldFindARecordThatCannotBeRead() {
    SequenceAudit audit = new SequenceAudit(EXPECTED);
    topic.forEach(audit::accept);

    audit.unreadable("no number", new Place(0, 99));

    assertThat(audit.finish().samples())
        .containsExactly(new Finding.Unreadable("no number", new Place(0, 99)));
  }

  @Test
  void shouldFindSeveralFaultsAtOnceAndNameThemAll() {
    topic.removeIf(is("a", 2));
    topic.add(record("b", 10));
    topic.add(record("c", 1));

    assertThatThrownBy(() -> audit().requireClean())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected 20 records, seen 21")
        .hasMessageContaining("1 Doubled, 1 Lost, 1 Unexpected")
        .hasMessageContaining("lost: key a, number 2")
        .hasMessageContaining("doubled: key b, number 10")
        .hasMessageContaining("unexpected: key c, number 1");
  }

  @Test
  void shouldBoundSamplesButCountAll() {
    for (int i = 0; i < 1000; i++) {
      topic.add(record("c", i));
    }

    AuditReport report = audit();

    assertThat(report.count(Finding.Unexpected.class)).isEqualTo(1000);
    assertThat(report.samples()).hasSize(20);
  }

  @Test
  void shouldExpectNothingOfAKeyWithoutRecords() {
    SequenceAudit audit = new SequenceAudit(ExpectedSequences.none().with("a", 0, -1));

    assertThat(audit.finish().isClean()).isTrue();
  }

  private AuditReport audit() {
    SequenceAudit audit = new SequenceAudit(EXPECTED);
    topic.forEach(audit::accept);
    return audit.finish();
  }

  private AuditReport assertOnly(Finding planted) {
    AuditReport report = audit();
    assertThat(report.samples()).containsExactly(planted);
    assertThat(report.isClean()).isFalse();
    return report;
  }

  private static Predicate<NumberedRecord> is(String key, long number) {
    return record -> record.key().equals(key) && record.number() == number;
  }

  private static NumberedRecord with(NumberedRecord record, String content) {
    return new NumberedRecord(record.key(), record.number(), content, record.place());
  }

  private static NumberedRecord record(String key, long number) {
    return new NumberedRecord(key, number, key + number, place());
  }

  private static Place place() {
    return new Place(0, 0);
  }
}
