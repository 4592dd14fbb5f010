package dev.weir.sample.clickcount.verifier;

import dev.weir.sample.clickcount.Clicks;
import dev.weir.sample.clickcount.InputPlan;
import dev.weir.sample.clickcount.PageCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Collects counts and judges them. Pure; confined to one thread. */
public final class ClickVerifier {
  private final Map<PageWindow, List<PageCount>> seen = new HashMap<>();
  private final Set<Instant> windows = new TreeSet<>();

  /**
   * Takes a count that a reader of the output has seen.
   *
   * @param count the count
   */
  public void add(PageCount count) {
    PageWindow place = new PageWindow(count.page(), count.windowStart());
    seen.computeIfAbsent(place, absent -> new ArrayList<>()).add(count);
    windows.add(count.windowStart());
  }

  /**
   * Whether every count that the plan asks for is there; it may be wrong or there twice.
   *
   * @param plan what went in
   * @return true if none is missing
   */
  public boolean isComplete(InputPlan plan) {
    return places(plan).stream().allMatch(seen::containsKey);
  }

  /**
   * What can be judged when the input has no end yet: all windows up to the newest one seen, which
   * may still be coming.
   *
   * @return the windows; empty if fewer than two were seen
   */
  public Optional<InputPlan> planSoFar() {
    if (windows.size() < 2) {
      return Optional.empty();
    }
    List<Instant> sorted = List.copyOf(windows);
    Instant first = sorted.get(0);
    Instant newest = sorted.get(sorted.size() - 1);
    long millis = newest.toEpochMilli() - first.toEpochMilli();
    return Optional.of(new InputPlan(first, Math.max(1, millis / Clicks.WINDOW.toMillis())));
  }

  /**
   * Judges everything seen so far.
   *
   * @param plan what went in
   * @return the verdict
   */
  public Verdict verdict(InputPlan plan) {
    List<String> lost = new ArrayList<>();
    List<String> doubled = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    List<PageWindow> expected = places(plan);
    for (PageWindow place : expected) {
      List<PageCount> counts = seen.getOrDefault(place, List.of());
      if (counts.isEmpty()) {
        lost.add(place.toString());
      }
      if (counts.size() > 1) {
        doubled.add(place + " came " + counts.size() + " times");
      }
      counts.forEach(count -> judge(place, count).ifPresent(wrong::add));
    }
    Set<PageWindow> known = new HashSet<>(expected);
    seen.keySet().stream()
        .filter(place -> !known.contains(place) && place.start().isBefore(plan.end()))
        .sorted()
        .forEach(place -> wrong.add(place + " is no count of the input"));
    return new Verdict(plan.windows(), expected.size(), lost, doubled, wrong);
  }

  private static Optional<String> judge(PageWindow place, PageCount count) {
    if (count.count() != Clicks.PER_PAGE) {
      return Optional.of(place + " has " + count.count() + " clicks, not " + Clicks.PER_PAGE);
    }
    return count.windowEnd().equals(place.start().plus(Clicks.WINDOW))
        ? Optional.empty()
        : Optional.of(place + " ends at " + count.windowEnd());
  }

  private static List<PageWindow> places(InputPlan plan) {
    List<PageWindow> places = new ArrayList<>();
    for (long window = 0; window < plan.windows(); window++) {
      Instant start = plan.start().plus(Clicks.WINDOW.multipliedBy(window));
      Clicks.PAGES.forEach(page -> places.add(new PageWindow(page, start)));
    }
    return places;
  }
}
