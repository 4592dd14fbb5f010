package dev.weir.internal.base;

/** Makes a sleeping worker look again. Cheap; from any thread. */
@FunctionalInterface
public interface Waker {
  /** Wakes whoever sleeps; does nothing if nobody does. */
  void wake();
}
