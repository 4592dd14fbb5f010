package dev.weir.connectors.kafka;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that a misspelt one was probably meant to be. Pure. */
final class NearestName {
  private NearestName() {}

  /** The name with the least edit distance, if that is small enough. */
  static Optional<String> among(Collection<String> known, String name, int maxDistance) {
    String best = null;
    int bestDistance = maxDistance + 1;
    for (String candidate : known) {
      int distance = distance(candidate, name);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's edit distance, in two rows. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
