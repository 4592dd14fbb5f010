package dev.weir.testing.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a scenario that fails smaller: drops faults, then records from the end. */
final class Shrinking {
  private static final int MOST_RUNS = 200;

  private final Predicate<Scenario> fails;
  private Scenario smallest;
  private int runs;

  Shrinking(Scenario failing, Predicate<Scenario> fails) {
    this.smallest = failing;
    this.fails = fails;
  }

  /** The smallest one that was found to fail, too. */
  Scenario smallest() {
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = dropFault();
    }
    for (int cut = smallest.input().size() / 2; cut > 0; cut /= 2) {
      int left = smallest.input().size() - cut;
      while (left > 0 && accept(smallest.withFirst(left))) {
        left = smallest.input().size() - cut;
      }
    }
    return smallest;
  }

  private boolean dropFault() {
    for (int i = 0; i < smallest.plan().faults().size(); i++) {
      List<Fault> fewer = new ArrayList<>(smallest.plan().faults());
      fewer.remove(i);
      if (accept(smallest.with(new FaultPlan(fewer)))) {
        return true;
      }
    }
    return false;
  }

  private boolean accept(Scenario candidate) {
    if (runs++ >= MOST_RUNS || !fails.test(candidate)) {
      return false;
    }
    smallest = candidate;
    return true;
  }
}
