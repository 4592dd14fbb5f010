package dev.weir.internal.state.heap;

/**
 * What a row was in epochs before, newest first. Changed by the task's thread, which takes out only
 * what no other one asks for.
 */
final class Version<V> {
  private final V value;
  private final int epoch;
  private Version<V> older;

  /**
   * A version.
   *
   * @param value null where the row was removed
   * @param epoch the one in which it was set
   * @param older the versions before, or null
   */
  Version(V value, int epoch, Version<V> older) {
    this.value = value;
    this.epoch = epoch;
    this.older = older;
  }

  /** The value at the end of an epoch, null if there was none. */
  static <V> V at(int end, Version<V> newest) {
    Version<V> version = newest;
    while (version != null && version.epoch > end) {
      version = version.older;
    }
    return version == null ? null : version.value;
  }

  /** What is left where nobody asks for the end of an epoch before this one; may be null. */
  static <V> Version<V> from(int end, Version<V> newest) {
    Version<V> last = null;
    Version<V> version = newest;
    while (version != null && version.epoch > end) {
      last = version;
      version = version.older;
    }
    if (version == null) {
      return newest;
    }
    if (version.value != null) {
      version.older = null;
    } else if (last != null) {
      last.older = null;
    }
    return version.value == null && last == null ? null : newest;
  }
}
