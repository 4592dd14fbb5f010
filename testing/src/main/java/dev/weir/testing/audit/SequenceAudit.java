package dev.weir.testing.audit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges numbered records: everything expected is there once, in order within its key, unchanged.
 * Takes the records one by one, each partition in its order, and keeps a few bytes for each. Pure;
 * confined to one thread.
 */
public final class SequenceAudit {
  private final ExpectedSequences expected;
  private final Map<String, KeySequence> keys = new TreeMap<>();
  private final FindingLog log = new FindingLog();
  private long seen;

  /**
   * @param expected what must be there
   */
  public SequenceAudit(ExpectedSequences expected) {
    this.expected = expected;
    expected.ranges().forEach((key, range) -> keys.put(key, new KeySequence(key, range)));
  }

  /**
   * @param record the next one of its partition
   */
  public void accept(NumberedRecord record) {
    seen++;
    KeySequence sequence = keys.get(record.key());
    if (sequence == null || !sequence.expects(record.number())) {
      log.add(new Finding.Unexpected(record.toString(), record.place()));
      return;
    }
    boolean isLikeItsFirst = sequence.accept(record, log);
    Optional<String> right = expected.contentOf(record.key(), record.number());
    boolean isRight = right.map(record.content()::equals).orElse(isLikeItsFirst);
    if (!isRight) {
      String wanted = right.orElse("what was there first");
      log.add(new Finding.WrongValue(record.toString(), wanted, record.content(), record.place()));
    }
  }

  /**
   * A record that could not be made into a numbered one.
   *
   * @param reason why
   * @param place where it is
   */
  public void unreadable(String reason, Place place) {
    seen++;
    log.add(new Finding.Unreadable(reason, place));
  }

  /**
   * The end of the topic is reached.
   *
   * @return all that was found, with what is missing
   */
  public AuditReport finish() {
    keys.values().forEach(sequence -> sequence.findMissing(log));
    return log.report("records", expected.total(), seen);
  }
}
