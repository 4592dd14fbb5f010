package dev.weir.sample.clickcount.verifier;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found. Immutable.
 *
 * @param windows windows judged
 * @param counts counts that should be there: pages times windows
 * @param lost counts that are missing
 * @param doubled counts that are there more than once
 * @param wrong counts that are not what went in
 */
public record Verdict(
    long windows, long counts, List<String> lost, List<String> doubled, List<String> wrong) {
  private static final int SHOWN = 10;

  /** Makes the lists unmodifiable. */
  public Verdict {
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    wrong = List.copyOf(wrong);
  }

  /**
   * @return true if every count is there, once and right
   */
  public boolean isExact() {
    return lost.isEmpty() && doubled.isEmpty() && wrong.isEmpty();
  }

  /**
   * @return true if every count is there and right; it may be there more than once
   */
  public boolean isComplete() {
    return lost.isEmpty() && wrong.isEmpty();
  }

  /**
   * @return the verdict in one line
   */
  public String summary() {
    String line =
        windows
            + " windows checked ("
            + counts
            + " counts): "
            + lost.size()
            + " lost, "
            + doubled.size()
            + " doubled";
    return wrong.isEmpty() ? line : line + ", " + wrong.size() + " wrong";
  }

  /**
   * @return the first faults of each kind, one a line
   */
  public List<String> faults() {
    return List.of(shown("lost: ", lost), shown("doubled: ", doubled), shown("wrong: ", wrong))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> shown(String kind, List<String> faults) {
    List<String> lines =
        new ArrayList<>(faults.stream().limit(SHOWN).map(fault -> kind + fault).toList());
    if (faults.size() > SHOWN) {
      lines.add(kind + "and " + (faults.size() - SHOWN) + " more");
    }
    return lines;
  }
}
