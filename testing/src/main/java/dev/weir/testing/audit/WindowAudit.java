package dev.weir.testing.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges window results: each expected window has exactly one result, with the right count, and
 * there are no others. Pure; confined to one thread.
 */
public final class WindowAudit {
  private static final Comparator<WindowKey> BY_START =
      Comparator.comparingLong(WindowKey::start).thenComparing(WindowKey::key);

  private final Map<WindowKey, Long> expected;
  private final Map<WindowKey, List<Long>> results = new HashMap<>();
  private final FindingLog log = new FindingLog();
  private long seen;

  /**
   * @param expected the count of each window that must have a result
   */
  public WindowAudit(Map<WindowKey, Long> expected) {
    this.expected = Map.copyOf(expected);
  }

  /**
   * @param result the next one
   */
  public void accept(WindowResult result) {
    seen++;
    Long right = expected.get(result.window());
    if (right == null) {
      log.add(new Finding.Unexpected(result.window().toString(), result.place()));
      return;
    }
    results.computeIfAbsent(result.window(), window -> new ArrayList<>(1)).add(result.count());
    if (right != result.count()) {
      log.add(
          new Finding.WrongValue(
              result.window().toString(),
              right.toString(),
              Long.toString(result.count()),
              result.place()));
    }
  }

  /**
   * A record that could not be made into a window result.
   *
   * @param reason why
   * @param place where it is
   */
  public void unreadable(String reason, Place place) {
    seen++;
    log.add(new Finding.Unreadable(reason, place));
  }

  /**
   * The end of the topic is reached.
   *
   * @return all that was found, with what is missing
   */
  public AuditReport finish() {
    expected.keySet().stream().sorted(BY_START).forEach(this::judge);
    return log.report("windows", expected.size(), seen);
  }

  private void judge(WindowKey window) {
    List<Long> found = results.getOrDefault(window, List.of());
    if (found.isEmpty()) {
      log.add(new Finding.LostWindow(window, expected.get(window)));
    } else if (found.size() > 1) {
      log.add(new Finding.DoubledWindow(window, expected.get(window), found));
    }
  }
}
