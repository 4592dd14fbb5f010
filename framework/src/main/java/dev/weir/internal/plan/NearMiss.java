package dev.weir.internal.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a name that is gone has become, for messages. Pure. */
public final class NearMiss {
  private NearMiss() {}

  /** The nearest of the new names if it is near, or the only one there is. */
  public static Optional<String> of(String gone, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt((String name) -> distance(gone, name)))
        .filter(
            near ->
                names.size() == 1
                    || distance(gone, near) <= Math.max(gone.length(), near.length()) / 2);
  }

  /** Insertions, removals and replacements between two names (Levenshtein, 1966). */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(row[j - 1], above[j]) + 1);
      }
      above = row;
    }
    return above[to.length()];
  }
}
