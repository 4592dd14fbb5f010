package dev.weir.internal.base;

/** Something that is run by calling it again and again on one thread. */
public interface Stepped {
  /**
   * Takes one bounded turn; never blocks.
   *
   * @return true if there was something to do
   */
  boolean step();

  /**
   * How long it can do without a turn if nobody wakes it; asked after a turn without work. A turn
   * may come sooner.
   *
   * @return milliseconds; {@link Long#MAX_VALUE}: the next second is early enough
   */
  long restMillis();
}
