package dev.weir.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Whether values that were written with one schema can be read as a type of now, and how.
 * Immutable.
 *
 * @param <T> type of the values
 */
public sealed interface Resolution<T> {
  /**
   * They can.
   *
   * @param change how far the values differ from what was written
   * @param reader reads the written bytes
   * @param <T> type of the values
   */
  record Resolved<T>(Change change, ValueReader<T> reader) implements Resolution<T> {}

  /**
   * They cannot.
   *
   * @param mismatches every part that stands in the way
   * @param <T> type of the values
   */
  record Refused<T>(List<Mismatch> mismatches) implements Resolution<T> {
    /** Copies the mismatches. */
    public Refused {
      mismatches = List.copyOf(mismatches);
    }
  }

  /**
   * @param reader reads the written bytes, which are what would be written now
   * @param <T> type of the values
   * @return that nothing changed
   */
  static <T> Resolution<T> same(ValueReader<T> reader) {
    return new Resolved<>(Change.NONE, reader);
  }

  /**
   * @param written how the value was written
   * @param declared how it is declared now
   * @param advice what to do, a clause
   * @param <T> type of the values
   * @return the refusal of the whole value
   */
  static <T> Resolution<T> refused(Schema written, Schema declared, String advice) {
    return new Refused<>(List.of(new Mismatch("", written.text(), declared.text(), advice)));
  }

  /**
   * @param one the resolution of one part
   * @param other of the other part
   * @param join makes the reader of both; its values differ where either part's do
   * @param <A> type of the one part
   * @param <B> type of the other part
   * @param <T> type of the whole
   * @return the resolution of a whole that is made of two parts
   */
  static <A, B, T> Resolution<T> both(
      Resolution<A> one,
      Resolution<B> other,
      BiFunction<ValueReader<A>, ValueReader<B>, ValueReader<T>> join) {
    if (one instanceof Resolved<A> a && other instanceof Resolved<B> b) {
      return new Resolved<>(a.change.and(b.change), join.apply(a.reader, b.reader));
    }
    List<Mismatch> all = new ArrayList<>(one.mismatches());
    all.addAll(other.mismatches());
    return new Refused<>(all);
  }

  /**
   * @return every part that stands in the way; empty if readable
   */
  default List<Mismatch> mismatches() {
    return this instanceof Refused<T> refused ? refused.mismatches : List.of();
  }

  /**
   * @param least how far the whole differs at least
   * @param wrap makes the whole's reader of the part's
   * @param <R> type of the whole
   * @return the resolution of a whole that is made of this part
   */
  default <R> Resolution<R> map(Change least, Wrap<T, R> wrap) {
    return this instanceof Resolved<T> readable
        ? new Resolved<>(readable.change.and(least), wrap.reader(readable.reader))
        : new Refused<>(mismatches());
  }

  /**
   * @param step a field's name, or {@code []}, {@code [key]}, {@code [value]}
   * @return the same, with paths that begin with the step
   */
  default Resolution<T> at(String step) {
    return this instanceof Refused<T> refused
        ? new Refused<>(refused.mismatches.stream().map(each -> each.at(step)).toList())
        : this;
  }

  /**
   * @param most how far the values may differ
   * @param refusal what is the case if they differ more
   * @return this, or the refusal
   */
  default Resolution<T> atMost(Change most, Mismatch refusal) {
    boolean isTooFar = this instanceof Resolved<T> readable && readable.change.compareTo(most) > 0;
    return isTooFar ? new Refused<>(List.of(refusal)) : this;
  }

  /**
   * Makes a reader of another.
   *
   * @param <T> what the other reads
   * @param <R> what it reads
   */
  @FunctionalInterface
  interface Wrap<T, R> {
    /**
     * @param reader the other
     * @return the reader
     */
    ValueReader<R> reader(ValueReader<T> reader);
  }
}
