package dev.weir.internal.cache;

/**
 * Keys that will be looked for in the row cache next. Each step on the way to an entry is taken for
 * many of them before the next step, so that the processor waits for the memory of many at the same
 * time: for one key each step needs the one before. It takes no lock, since what it sees says
 * nothing: rows may come, move and go meanwhile. Confined to one thread.
 */
public final class ExpectedKeys {
  private static final int MOST = 64;

  private final RowCache cache;
  private final RowCache.Key key;
  private final int[] hashes = new int[MOST];
  private final int[] addresses = new int[MOST];
  private int count;

  /** Keys of one table, by its number. */
  public ExpectedKeys(RowCache cache, int table) {
    this.cache = cache;
    this.key = new RowCache.Key(table);
  }

  /** One more. */
  public void add(byte[] bytes, int length) {
    hashes[count++] = key.of(bytes, length).hash();
    if (count == MOST) {
      fetch();
    }
  }

  /** Has what the processor needs for those that were added on its way to its caches. */
  public void fetch() {
    for (int i = 0; i < count; i++) {
      addresses[i] = cache.segmentOf(hashes[i]).likelyAddress(hashes[i]);
    }
    int all = 0;
    for (int i = 0; i < count; i++) {
      all += cache.segmentOf(hashes[i]).look(addresses[i]);
    }
    if (all == Integer.MIN_VALUE) { // Never so, for a sum that nobody needs would not be made.
      throw new IllegalStateException("Some bytes are less than they can be");
    }
    count = 0;
  }
}
