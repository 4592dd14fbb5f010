package dev.weir.internal.key;

import java.util.Arrays;

/**
 * The key of a row that is one entry among many of an owner: an owner's rows lie in one key group,
 * side by side, in the order of their entries' bytes. Immutable; neither the owner nor the bytes
 * may be changed.
 *
 * @param <O> type of the owner
 */
public final class EntryKey<O> {
  private static final byte[] NOTHING = {};

  private final O owner;
  private final byte[] entry;
  private final int hash;

  /** An entry of an owner by its bytes, which are not copied. */
  public EntryKey(O owner, byte[] entry) {
    this.owner = owner;
    this.entry = entry;
    this.hash = 31 * owner.hashCode() + Arrays.hashCode(entry);
  }

  /** Stands before all entries of an owner, and for all of them where they are cleared. */
  public static <O> EntryKey<O> before(O owner) {
    return new EntryKey<>(owner, NOTHING);
  }

  /** A row's key as the entry that it is. */
  public static EntryKey<?> of(Object key) {
    return (EntryKey<?>) key;
  }

  /** Another entry of the same owner, of the same type of key. */
  @SuppressWarnings("unchecked") // It is of the type of the key that it is made from.
  public static <K> K sibling(K key, byte[] entry) {
    return (K) new EntryKey<>(of(key).owner, entry);
  }

  /** The first key that can come behind this one. */
  public static <K> K behind(K key) {
    byte[] entry = of(key).entry;
    return sibling(key, Arrays.copyOf(entry, entry.length + 1));
  }

  /** The first bytes behind all that begin with these; null if there are none. */
  public static byte[] behindAll(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xFF) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] behind = Arrays.copyOf(prefix, last + 1);
    behind[last]++;
    return behind;
  }

  /** Whose entry it is. */
  public O owner() {
    return owner;
  }

  /** The entry's bytes, not to be changed. */
  public byte[] entry() {
    return entry;
  }

  /** Whether its bytes come before an end; null is the end of all. */
  public boolean isBefore(byte[] end) {
    return end == null || Arrays.compareUnsigned(entry, end) < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryKey<?> key
        && key.hash == hash
        && Arrays.equals(key.entry, entry)
        && key.owner.equals(owner);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return owner + "/" + Arrays.toString(entry);
  }
}
