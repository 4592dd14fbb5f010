package dev.weir.internal.row;

/**
 * Rows by (time, key): a hash table with chains, so that a look-up makes no object. It grows by a
 * chain or two with each row that is added [1], so that no row pays for all others; or it has from
 * the start as many chains as rows are expected, of which memory is taken when they are used.
 * Confined to the task's thread; others may read once frozen.
 *
 * <p>[1] W. Litwin, "Linear hashing: a new tool for file and table addressing", VLDB 1980. Chains
 * are split in their order: those before the next one to be split, and what they were split into,
 * are told apart by one more bit of the hash. Here the chains are kept in segments, so that growing
 * copies none of them.
 *
 * <pre>
 *   0 ........ chains - half .... half ........ chains ....  2 * half
 *   |  split  |  not yet split   | split off   |  not there yet
 * </pre>
 */
public final class RowMap<K, V> {
  private static final int LARGEST = 1 << 30;

  private final Chains<K, V> links;
  private final ChainBits bits;
  private int half;
  private int chains;
  private int size;

  /** Empty, with chains for so many rows. */
  RowMap(int expected, Chains<K, V> links) {
    int wanted = (int) Math.min(expected + (long) expected / 3 + 1, LARGEST);
    int segments = Math.max(1, (wanted + Chains.SEGMENT - 1) >>> Chains.SEGMENT_BITS);
    this.chains = segments << Chains.SEGMENT_BITS;
    this.half = Integer.highestOneBit(chains);
    this.links = links;
    this.bits = new ChainBits(segments);
    links.room(segments);
  }

  /** Spreads a key's hash code and its time over all bits. */
  public static int hash(long time, Object key) {
    int h = key.hashCode() + Long.hashCode(time * 0x9E3779B97F4A7C15L);
    h *= 0x9E3779B9;
    return h ^ (h >>> 16);
  }

  int size() {
    return size;
  }

  /** The row, or null. */
  Row<K, V> find(int hash, long time, K key) {
    int chain = chainOf(hash);
    return bits.mayHave(chain, hash) ? links.find(chain, hash, time, key) : null;
  }

  /**
   * The first row that may be the one of a hash, or null: without a look at it. Looks at the chain
   * in any case, if somebody is about to add to it.
   */
  Row<K, V> likely(int hash, boolean isAddedTo) {
    int chain = chainOf(hash);
    boolean mayHave = bits.mayHave(chain, hash);
    Row<K, V> first = mayHave || isAddedTo ? links.first(chain) : null;
    return mayHave ? first : null;
  }

  /** The first row that may be the one of a hash, or null: without a look at it. */
  Row<K, V> first(int hash) {
    return links.first(chainOf(hash));
  }

  private int chainOf(int hash) {
    int chain = hash & (2 * half - 1);
    return chain < chains ? chain : chain - half;
  }

  /** Adds a row that is not there. */
  void add(Row<K, V> row) {
    size++;
    while (size > chains - (chains >>> 2) && chains < LARGEST) {
      split();
    }
    int chain = chainOf(row.hash);
    bits.set(chain, row.hash);
    links.add(chain, row);
  }

  /** Removes a row that is there. */
  void remove(Row<K, V> row) {
    links.remove(chainOf(row.hash), row);
    size--;
  }

  /** Puts the rows of the next chain to it and to a new one. */
  private void split() {
    int old = chains - half;
    links.room((chains >>> Chains.SEGMENT_BITS) + 1);
    bits.room((chains >>> Chains.SEGMENT_BITS) + 1);
    bits.forget(old);
    links.split(old, half, bits);
    chains++;
    if (chains == 2 * half) {
      half = chains;
    }
  }
}
