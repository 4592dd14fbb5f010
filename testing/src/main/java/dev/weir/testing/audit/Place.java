package dev.weir.testing.audit;

/**
 * Where a record is in a topic. Immutable.
 *
 * @param partition its partition
 * @param offset its offset
 */
public record Place(int partition, long offset) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byPartition = Integer.compare(partition, other.partition);
    return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return "partition " + partition + " offset " + offset;
  }
}
