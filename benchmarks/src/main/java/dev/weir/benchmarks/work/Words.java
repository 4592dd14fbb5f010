package dev.weir.benchmarks.work;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 64-bit words: in byte arrays, big endian, and mixed up. Pure. */
public final class Words {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Words() {}

  /** The word at this place. */
  public static long at(byte[] bytes, int index) {
    return (long) LONG.get(bytes, index);
  }

  /** Writes a word at this place. */
  public static void put(byte[] bytes, int index, long word) {
    LONG.set(bytes, index, word);
  }

  /** A word in which every bit depends on every bit; finalizer of SplitMix64 (Steele, 2014). */
  public static long mixed(long word) {
    long x = word;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
