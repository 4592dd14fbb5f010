package dev.weir.benchmarks.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import dev.weir.benchmarks.work.Tally;
import java.util.function.ToLongFunction;

/** Throws everything away, but for what is needed to tell whether it was right. */
final class Tallied<T> extends AbstractProcessor {
  private final Tally tally;
  private final ToLongFunction<T> words;

  /** Looks at the clock with each of so many results, and makes of each a word. */
  Tallied(int looks, ToLongFunction<T> words) {
    this.tally = new Tally(looks);
    this.words = words;
  }

  @Override
  @SuppressWarnings("unchecked") // The pipeline's types are erased here.
  protected boolean tryProcess(int ordinal, Object item) {
    tally.add(words.applyAsLong((T) item));
    return true;
  }

  @Override
  public boolean saveToSnapshot() {
    return true;
  }

  @Override
  public void close() {
    tally.close();
  }
}
