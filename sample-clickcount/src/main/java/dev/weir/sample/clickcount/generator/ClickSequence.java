package dev.weir.sample.clickcount.generator;

import dev.weir.sample.clickcount.ClickEvent;
import dev.weir.sample.clickcount.Clicks;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * All clicks of a run in the order in which they are sent; the same for the same arguments.
 * Confined to one thread.
 *
 * <p>Event time is divided into even slots, one click each, the pages taking turns. So each page
 * gets its exact number in each window. Blocks of slots that do not line up with windows are then
 * shuffled: no click is overtaken by one that is a block's length younger, whatever partitions they
 * go to.
 */
final class ClickSequence implements Iterator<ClickEvent> {
  static final int BLOCK = 64;

  private final long startMillis;
  private final SplittableRandom random;
  private final int[] order = new int[BLOCK];
  private long windows;
  private long clicks;
  private long blockStart;
  private int blockLength;
  private int next;

  ClickSequence(Instant start, long windows, long seed) {
    this.startMillis = start.toEpochMilli();
    this.windows = windows;
    this.clicks = windows * Clicks.PER_WINDOW;
    this.random = new SplittableRandom(seed);
    shuffleBlock();
  }

  /** How many windows there are in all. */
  long windows() {
    return windows;
  }

  /** Lets the sequence end with the last window of which clicks are on their way. */
  void endEarly() {
    long shuffled = blockStart + blockLength;
    long begun = (shuffled + Clicks.PER_WINDOW - 1) / Clicks.PER_WINDOW;
    windows = Math.min(windows, begun);
    clicks = windows * Clicks.PER_WINDOW;
  }

  @Override
  public boolean hasNext() {
    return blockStart + next < clicks;
  }

  @Override
  public ClickEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All " + clicks + " clicks were taken");
    }
    long slot = blockStart + order[next++];
    if (next == blockLength) {
      blockStart += blockLength;
      shuffleBlock();
    }
    return new ClickEvent(
        startMillis + slot * Clicks.WINDOW.toMillis() / Clicks.PER_WINDOW,
        Clicks.PAGES.get((int) (slot % Clicks.PAGES.size())));
  }

  private void shuffleBlock() {
    next = 0;
    blockLength = (int) Math.min(BLOCK, clicks - blockStart);
    for (int i = 0; i < blockLength; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
  }
}
