package dev.weir.internal.base;

/** Something that is run by calling it again and again on one thread. */
public interface Stepped {
  /**
   * Takes one bounded turn; never blocks.
   *
   * @return true if there was something to do
   */
  boolean step();
}
