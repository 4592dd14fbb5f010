package dev.weir.testing.audit;

import java.util.Arrays;
import java.util.BitSet;

/** What has been seen of one key: a bit and a hash for each number. Confined to one thread. */
final class KeySequence {
  private static final int NOWHERE = -1;

  private final String key;
  private final ExpectedSequences.Range range;
  private final BitSet seen = new BitSet();
  private int[] hashes = new int[16];
  private int partition = NOWHERE;
  private boolean isScattered;
  private long highest;

  KeySequence(String key, ExpectedSequences.Range range) {
    this.key = key;
    this.range = range;
    this.highest = range.first() - 1;
  }

  boolean expects(long number) {
    return range.has(number);
  }

  /** False when the record was there before with other content. */
  boolean accept(NumberedRecord record, FindingLog log) {
    notePartition(record, log);
    int index = Math.toIntExact(record.number() - range.first());
    if (seen.get(index)) {
      log.add(new Finding.Doubled(key, record.number(), record.place()));
      return hashes[index] == record.content().hashCode();
    }
    remember(record, index);
    noteOrder(record, log);
    return true;
  }

  void findMissing(FindingLog log) {
    int count = Math.toIntExact(range.count());
    for (int from = seen.nextClearBit(0); from < count; from = seen.nextClearBit(from)) {
      int next = seen.nextSetBit(from);
      int to = next < 0 ? count : next;
      log.add(new Finding.Lost(key, range.first() + from, range.first() + to - 1, next < 0));
      from = to;
    }
  }

  private void notePartition(NumberedRecord record, FindingLog log) {
    if (partition == NOWHERE) {
      partition = record.place().partition();
    } else if (partition != record.place().partition()) {
      isScattered = true;
      log.add(new Finding.Scattered(key, partition, record.place()));
    }
  }

  private void remember(NumberedRecord record, int index) {
    seen.set(index);
    if (index >= hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(index + 1, hashes.length * 2));
    }
    hashes[index] = record.content().hashCode();
  }

  /** Between partitions there is no order to judge. */
  private void noteOrder(NumberedRecord record, FindingLog log) {
    if (record.number() < highest && !isScattered) {
      log.add(new Finding.Reordered(key, record.number(), highest, record.place()));
    }
    highest = Math.max(highest, record.number());
  }
}
