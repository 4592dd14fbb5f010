package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.sink.ledger.LedgerLog.Line;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides who owns the job, from what the ledger says after a claim. Pure.
 *
 * <p>The argument: claims are made after all ids are fenced, so two whole claims never interleave,
 * and the owner is who made the last whole one. Somebody else's claim on an id behind mine means
 * that the id is no longer mine. Who finds none has, when he reads, fenced everyone before him; who
 * comes later fences him, and only then can write. The number must be above every other one in the
 * ledger: of two that took the same number, the later in the log sees the earlier's record and
 * takes a new number, which he claims again so that the next one sees it.
 */
final class ClaimResolver {
  private ClaimResolver() {}

  /**
   * Looks at the ledger after a whole claim of one's own.
   *
   * @param log the ledger, read to its end after the claim
   */
  static Verdict afterClaim(LedgerLog log, Claimant self, long attempt) {
    Set<Integer> mine = new HashSet<>();
    long highestOfOthers = 0;
    boolean isOvertaken = false;
    for (Line line : log.lines()) {
      if (!(line.record() instanceof Claim claim)) {
        highestOfOthers = Math.max(highestOfOthers, line.record().attempt());
      } else if (!claim.claimant().equals(self)) {
        highestOfOthers = Math.max(highestOfOthers, claim.attempt());
        isOvertaken |= mine.contains(claim.index());
      } else if (claim.attempt() == attempt) {
        mine.add(claim.index()); // Earlier claims of mine, under other numbers, do not count.
      }
    }
    if (isOvertaken) {
      return new Overtaken();
    }
    return highestOfOthers >= attempt ? new NumberTaken(highestOfOthers) : new Won();
  }

  /** What the ledger says about a claim. */
  sealed interface Verdict {}

  /** It stands. */
  record Won() implements Verdict {}

  /** Somebody has claimed an id behind it. */
  record Overtaken() implements Verdict {}

  /** The ids are still mine, but the number is not above all others. */
  record NumberTaken(long highest) implements Verdict {}
}
