package dev.weir.internal.key;

/** Which key group a key belongs to, and which subtask a key group. Pure. */
public final class KeyGroups {
  private KeyGroups() {}

  /**
   * Spreads a hash over the key groups; the same for ever. Finalizer of MurmurHash3 (Appleby,
   * 2011).
   */
  public static int ofHash(int hash, int maxParallelism) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return (h & Integer.MAX_VALUE) % maxParallelism;
  }

  /** Subtask that owns a key group: contiguous, even ranges. */
  public static int subtaskOf(int keyGroup, int maxParallelism, int parallelism) {
    return keyGroup * parallelism / maxParallelism;
  }

  /** First key group of a subtask; its last is one below the first of the next subtask. */
  public static int firstOf(int subtask, int maxParallelism, int parallelism) {
    return (subtask * maxParallelism + parallelism - 1) / parallelism;
  }
}
