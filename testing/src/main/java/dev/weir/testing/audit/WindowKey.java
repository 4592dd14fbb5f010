package dev.weir.testing.audit;

/**
 * One window of one key. Immutable.
 *
 * @param key the key
 * @param start the window's start, epoch milliseconds
 */
public record WindowKey(String key, long start) {
  @Override
  public String toString() {
    return "key " + key + ", window from " + start;
  }
}
