package dev.weir.testing.audit;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Judges what committed readers see at different times and what lies in the topic. Views are maps
 * from place to content. Pure; confined to one thread.
 */
public final class VisibilityAudit {
  private final NavigableMap<Place, String> committed;
  private final FindingLog log = new FindingLog();

  /**
   * @param committed what a {@code read_committed} reader sees last
   */
  public VisibilityAudit(Map<Place, String> committed) {
    this.committed = new TreeMap<>(committed);
  }

  /**
   * Nothing that is known to be aborted or open may be visible.
   *
   * @param isUncommitted whether this content belongs to a transaction that was not committed
   * @return this
   */
  public VisibilityAudit hides(Predicate<String> isUncommitted) {
    committed.forEach(
        (place, content) -> {
          if (isUncommitted.test(content)) {
            log.add(new Finding.UncommittedVisible(content, place));
          }
        });
    return this;
  }

  /**
   * Nothing may be visible that is not in the topic in the same form.
   *
   * @param uncommitted what a {@code read_uncommitted} reader sees, taken after the committed view
   * @return this
   */
  public VisibilityAudit isPartOf(Map<Place, String> uncommitted) {
    committed.forEach((place, content) -> compare(place, content, uncommitted));
    return this;
  }

  /**
   * What was visible once stays visible, and nothing appears in front of it.
   *
   * @param earlier what a {@code read_committed} reader saw before, from the beginning
   * @return this
   */
  public VisibilityAudit continues(Map<Place, String> earlier) {
    NavigableMap<Place, String> before = new TreeMap<>(earlier);
    before.forEach((place, content) -> compare(place, content, committed));
    for (Map.Entry<Place, String> now : committed.entrySet()) {
      Place later = before.higherKey(now.getKey());
      boolean isInFront = later != null && later.partition() == now.getKey().partition();
      if (isInFront && !before.containsKey(now.getKey())) {
        log.add(new Finding.Unexpected("an insertion, " + now.getValue(), now.getKey()));
      }
    }
    return this;
  }

  /**
   * @return all that was found
   */
  public AuditReport finish() {
    return log.report("visible records", committed.size(), committed.size());
  }

  private void compare(Place place, String content, Map<Place, String> other) {
    String there = other.getOrDefault(place, "nothing");
    if (!there.equals(content)) {
      log.add(new Finding.Vanished(content, there, place));
    }
  }
}
