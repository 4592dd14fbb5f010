package dev.weir.sample.clickcount.demo;

import dev.weir.connector.DeliveryGuarantee;
import dev.weir.sample.clickcount.verifier.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demo ends with. Immutable.
 *
 * @param kills how often the job was killed
 * @param planned how often it was to be killed
 * @param recoveries times from a kill to the first new count
 * @param starts times from the start of a process to its first step
 * @param meters the job's meters
 */
record DemoReport(int kills, int planned, String recoveries, String starts, String meters) {
  List<String> lines(DemoSettings settings, Verdict verdict) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "kill -9:   "
            + kills
            + " times while clicks kept coming, seed "
            + settings.seed()
            + (kills < planned ? "; recoveries took too long for all " + planned : ""));
    lines.add("recovery:  " + recoveries + " (from the kill to the first new count)");
    lines.add("start:     " + starts + " (from the start of the process to running)");
    lines.add("job:       " + meters);
    lines.add("verdict:   " + verdict.summary());
    if (!isAsGuaranteed(settings.guarantee(), verdict)
        || settings.guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      lines.addAll(verdict.faults());
    }
    lines.add("           " + judgement(settings.guarantee(), verdict));
    return lines;
  }

  /** Whether the output is what the guarantee promises. */
  static boolean isAsGuaranteed(DeliveryGuarantee guarantee, Verdict verdict) {
    return switch (guarantee) {
      case EXACTLY_ONCE -> verdict.isExact();
      case AT_LEAST_ONCE -> verdict.isComplete();
      case NONE -> true;
    };
  }

  private static String judgement(DeliveryGuarantee guarantee, Verdict verdict) {
    if (!isAsGuaranteed(guarantee, verdict)) {
      return "This is NOT what " + DemoSettings.word(guarantee) + " promises.";
    }
    return switch (guarantee) {
      case EXACTLY_ONCE -> "Exactly once: every window of every page, and none twice.";
      case AT_LEAST_ONCE ->
          verdict.isExact()
              ? "At least once: nothing lost, and by luck nothing doubled."
              : "At least once: nothing lost; exactly-once would have avoided the doubled ones.";
      case NONE -> "No guarantee: lost and doubled counts are both allowed.";
    };
  }
}
