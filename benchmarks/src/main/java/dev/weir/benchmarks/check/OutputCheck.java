package dev.weir.benchmarks.check;

/** Is the output exactly right? Told every visible record, in any order. Confined to one thread. */
public interface OutputCheck {
  /** Takes the value of a record; false if it is more than was needed, such as an update. */
  boolean take(byte[] value);

  /** How many records there must be. */
  long expected();

  /** How many of them were there. */
  long done();

  /** What is wrong with the output; empty if nothing is. */
  String problem();

  /** Whether everything is there. */
  default boolean isComplete() {
    return done() == expected();
  }
}
