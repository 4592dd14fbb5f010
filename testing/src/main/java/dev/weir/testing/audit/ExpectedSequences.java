package dev.weir.testing.audit;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a topic of numbered records must hold: for each key the numbers from a first to a last one,
 * and, where known, the content of each. Immutable.
 */
public final class ExpectedSequences {
  private final Map<String, Range> ranges;
  private final Optional<Content> content;

  private ExpectedSequences(Map<String, Range> ranges, Optional<Content> content) {
    this.ranges = Collections.unmodifiableMap(new TreeMap<>(ranges));
    this.content = content;
  }

  /**
   * @return nothing, to be extended with {@link #with}
   */
  public static ExpectedSequences none() {
    return new ExpectedSequences(Map.of(), Optional.empty());
  }

  /**
   * @param counts how many records each key has, numbered from {@code first}
   * @param first the number of each key's first record, usually 0 or 1
   * @return these sequences
   */
  public static ExpectedSequences counted(Map<String, Long> counts, long first) {
    Map<String, Range> ranges = new TreeMap<>();
    counts.forEach((key, count) -> ranges.put(key, new Range(first, first + count - 1)));
    return new ExpectedSequences(ranges, Optional.empty());
  }

  /**
   * @param key a key
   * @param first the number of its first record
   * @param last the number of its last one; below {@code first} for a key without records
   * @return these sequences and that one
   */
  public ExpectedSequences with(String key, long first, long last) {
    Map<String, Range> more = new TreeMap<>(ranges);
    more.put(key, new Range(first, last));
    return new ExpectedSequences(more, content);
  }

  /**
   * @param byKeyAndNumber the right content of each record
   * @return these sequences with that content
   */
  public ExpectedSequences containing(Content byKeyAndNumber) {
    return new ExpectedSequences(ranges, Optional.of(byKeyAndNumber));
  }

  /**
   * @return the number of records expected
   */
  public long total() {
    return ranges.values().stream().mapToLong(Range::count).sum();
  }

  Map<String, Range> ranges() {
    return ranges;
  }

  Optional<String> contentOf(String key, long number) {
    return content.map(known -> known.of(key, number));
  }

  /** The right content of a record. Pure. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param key the record's key
     * @param number its number
     * @return its content, as {@link NumberedRecord#content}
     */
    String of(String key, long number);
  }

  /** The numbers of one key, both ends included. */
  record Range(long first, long last) {
    boolean has(long number) {
      return first <= number && number <= last;
    }

    long count() {
      return Math.max(0, last - first + 1);
    }
  }
}
