package dev.weir.benchmarks.check;

import dev.weir.benchmarks.work.PassThrough;
import java.util.BitSet;

/** W2, W4, W5, W7: each record from 0 on once, mapped. */
public final class IdsCheck implements OutputCheck {
  private final BitSet seen = new BitSet();
  private final int expected;
  private int done;
  private long twice;
  private String problem = "";

  /** For so many records. */
  public IdsCheck(long expected) {
    this.expected = Math.toIntExact(expected);
  }

  @Override
  public boolean take(byte[] value) {
    int id = (int) PassThrough.id(value);
    if (!PassThrough.isMapped(value)) {
      problem = "not mapped: " + id;
    } else if (seen.get(id)) {
      twice++;
      problem = twice + " twice, such as " + id;
    } else {
      seen.set(id);
      done++;
    }
    return true;
  }

  /** Whether all records before this one are there. */
  public boolean hasAllBelow(long id) {
    return seen.nextClearBit(0) >= id;
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
