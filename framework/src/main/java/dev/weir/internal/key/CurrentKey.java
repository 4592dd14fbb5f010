package dev.weir.internal.key;

/**
 * The key whose state is read and written now, and those that follow. The keys of a batch are told
 * together, in an array that is young: to move on in it costs the collector nothing, where to keep
 * each key in a field of an old object costs a memory barrier. Confined to the task's thread.
 *
 * @param <K> type of the keys
 */
public final class CurrentKey<K> {
  private K[] expected = none();
  private int place = -1;
  private boolean isExpected;
  private K other;

  /** Tells which keys will be begun next, in this order; the array is not changed any more. */
  public void expect(K[] keys) {
    expected = keys;
    place = -1;
  }

  /** The keys that were told last. */
  public K[] expected() {
    return expected;
  }

  /** Goes on to the next of the keys that were told; false if there is none left. */
  public boolean beginNext() {
    if (place + 1 >= expected.length) {
      return false;
    }
    place++;
    isExpected = true;
    return true;
  }

  /** Goes on to a key that was not told. */
  public void begin(K key) {
    other = key;
    isExpected = false;
  }

  /** The key now. */
  public K get() {
    return isExpected ? expected[place] : other;
  }

  /** Which of the keys that were told this object is, if it is the one now; else -1. */
  public int placeOf(K key) {
    return isExpected && expected[place] == key ? place : -1;
  }

  @SuppressWarnings("unchecked") // Holds nothing.
  private static <K> K[] none() {
    return (K[]) new Object[0];
  }
}
