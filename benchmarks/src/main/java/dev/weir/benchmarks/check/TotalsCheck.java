package dev.weir.benchmarks.check;

import dev.weir.benchmarks.work.BigState;
import dev.weir.benchmarks.work.Words;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** W3: each update of the sampled keys once, with the sum up to then. */
public final class TotalsCheck implements OutputCheck {
  private final Map<Long, List<Long>> sums = new HashMap<>();
  private final Map<Long, BitSet> seen = new HashMap<>();
  private long expected;
  private long done;
  private String problem = "";

  /** For so many updates. */
  public TotalsCheck(long updates) {
    for (long i = 0; i < updates; i++) {
      long key = BigState.key(i);
      if (BigState.isSampled(key)) {
        List<Long> of = sums.computeIfAbsent(key, k -> new ArrayList<>());
        of.add(BigState.amount(i) + (of.isEmpty() ? 0 : of.get(of.size() - 1)));
        expected++;
      }
    }
  }

  @Override
  public boolean take(byte[] value) {
    long key = Words.at(value, 0);
    int count = (int) Words.at(value, 8);
    long sum = Words.at(value, 16);
    List<Long> of = sums.getOrDefault(key, List.of());
    BitSet once = seen.computeIfAbsent(key, k -> new BitSet());
    if (count < 1 || count > of.size() || of.get(count - 1) != sum || once.get(count)) {
      problem = "wrong: key " + key + ", count " + count + ", sum " + sum;
    } else {
      once.set(count);
      done++;
    }
    return true;
  }

  @Override
  public long expected() {
    return expected;
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public String problem() {
    return problem;
  }
}
