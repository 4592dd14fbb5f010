package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.LedgerEntry;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The committed records at the end of a ledger, back at least to its last completed checkpoint:
 * what is before that has no higher attempt and no say. Immutable.
 *
 * @param lines records in the order of the log
 */
record LedgerLog(List<Line> lines) {
  LedgerLog {
    lines = List.copyOf(lines);
  }

  /** The newest completed checkpoint that is not forgotten. */
  Optional<LedgerEntry> lastCompleted() {
    return newest()
        .flatMap(
            record ->
                record instanceof Completed completed
                    ? Optional.of(completed.entry())
                    : Optional.empty());
  }

  /**
   * The topics in which a committed transaction of an earlier attempt may lack its end: those of
   * the newest completed checkpoint, as each take-over settles those of the one before. Empty if
   * any topic may be one.
   */
  Optional<List<String>> topicsAtStake() {
    LedgerRecord newest = newest().orElse(null);
    if (newest instanceof Completed completed) {
      return completed.namesTopics() ? Optional.of(completed.topics()) : Optional.empty();
    }
    return Optional.of(List.of()); // Nothing is completed, or all of it is forgotten.
  }

  /** Whether these lines say what the newest checkpoint is, or that all are forgotten. */
  boolean isDecided() {
    return newest().isPresent();
  }

  private Optional<LedgerRecord> newest() {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (!(lines.get(i).record() instanceof Claim)) {
        return Optional.of(lines.get(i).record());
      }
    }
    return Optional.empty();
  }

  /** The highest attempt that has written anything; 0 if none has. */
  long highestAttempt() {
    return lines.stream().mapToLong(line -> line.record().attempt()).max().orElse(0);
  }

  /** The claims on every id of the pool that were made whole, in order of their first record. */
  List<WholeClaim> wholeClaims() {
    Map<Map.Entry<Claimant, Long>, List<Line>> claims = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.record() instanceof Claim claim) {
        claims
            .computeIfAbsent(Map.entry(claim.claimant(), claim.attempt()), c -> new ArrayList<>())
            .add(line);
      }
    }
    return claims.entrySet().stream()
        .filter(claim -> isWhole(claim.getValue()))
        .map(claim -> WholeClaim.of(claim.getKey(), claim.getValue()))
        .toList();
  }

  /**
   * The claim to give way to: somebody else's, made whole at or behind this offset, and behind the
   * last one of one's own. So who made the last whole claim of all never gives way.
   */
  Optional<WholeClaim> wholeClaimOfOthers(Claimant self, long fromOffset) {
    WholeClaim last = null;
    for (WholeClaim claim : wholeClaims()) {
      last = last == null || claim.lastOffset() > last.lastOffset() ? claim : last;
    }
    return Optional.ofNullable(last)
        .filter(claim -> !claim.claimant().equals(self) && claim.lastOffset() >= fromOffset);
  }

  private static boolean isWhole(List<Line> claims) {
    int ids = ((Claim) claims.get(0).record()).ids();
    return claims.stream().mapToInt(line -> ((Claim) line.record()).index()).distinct().count()
        == ids;
  }

  /** One record with its place. */
  record Line(long offset, LedgerRecord record) {}

  /** Proof that an attempt owned all ids between its first and its last record. */
  record WholeClaim(Claimant claimant, long attempt, long firstOffset, long lastOffset) {
    private static WholeClaim of(Map.Entry<Claimant, Long> key, List<Line> lines) {
      return new WholeClaim(
          key.getKey(),
          key.getValue(),
          lines.get(0).offset(),
          lines.get(lines.size() - 1).offset());
    }
  }
}
