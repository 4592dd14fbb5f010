package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connector.LedgerEntry;
import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.sink.ledger.LedgerLog.WholeClaim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.error.CheckpointFailedException;
import dev.weir.error.FencedException;
import dev.weir.error.WeirException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out from the ledger why the broker has ended a transaction, and whether it was committed.
 * Blocks; any I/O thread.
 */
final class LedgerJudge {
  private final String job;
  private final String servers;
  private final Supplier<LedgerReader> readers;
  private final Claimant self;
  private final long claimedAtOffset;
  private final long timeoutMillis;

  /** Judges for the attempt that has taken over. */
  LedgerJudge(
      String job,
      String servers,
      Supplier<LedgerReader> readers,
      LedgerTakeOver.Taken taken,
      long timeoutMillis) {
    this.job = job;
    this.servers = servers;
    this.readers = readers;
    this.self = taken.self();
    this.claimedAtOffset =
        taken.log().wholeClaims().stream()
            .filter(claim -> claim.claimant().equals(taken.self()))
            .mapToLong(WholeClaim::lastOffset)
            .max()
            .orElseThrow();
    this.timeoutMillis = timeoutMillis;
  }

  /** What a failure to write means. */
  WeirException meaningOf(Throwable failure) {
    if (!Fencing.is(failure)) {
      return ClientFailures.of(failure, "write the output of job '" + job + "'", servers);
    }
    try {
      return fenced(read(), failure).orElseGet(() -> ended("the open checkpoint", failure));
    } catch (WeirException e) {
      e.addSuppressed(failure);
      return e;
    }
  }

  /**
   * Returns if the checkpoint is completed in spite of the failed commit.
   *
   * @throws FencedException if a newer attempt has taken over
   * @throws CheckpointFailedException if it is decided that the checkpoint did not happen
   */
  void checkCompleted(LedgerEntry entry, Throwable failure) {
    LedgerLog log = read();
    Optional<WeirException> fenced = fenced(log, failure);
    if (fenced.isPresent()) {
      throw fenced.get();
    }
    if (!log.lastCompleted().equals(Optional.of(entry))) {
      throw ended("checkpoint " + entry.checkpointId(), failure);
    }
  }

  /**
   * Returns if this attempt is the newest one.
   *
   * @throws FencedException if a newer attempt has taken over
   */
  void checkNewest() {
    newer(read())
        .ifPresent(
            other -> {
              throw new FencedException(fencedBy(other));
            });
  }

  private LedgerLog read() {
    try (LedgerReader reader = readers.get()) {
      return reader.readToEnd();
    }
  }

  private Optional<WeirException> fenced(LedgerLog log, Throwable failure) {
    return newer(log).map(other -> new FencedException(fencedBy(other), failure));
  }

  private Optional<WholeClaim> newer(LedgerLog log) {
    return log.wholeClaimOfOthers(self, claimedAtOffset + 1);
  }

  private String fencedBy(WholeClaim other) {
    return "Attempt "
        + other.attempt()
        + " of job '"
        + job
        + "' has taken over, in another process or in this one. This attempt ends and has changed"
        + " nothing since; run only one instance of a job.";
  }

  private CheckpointFailedException ended(String checkpoint, Throwable failure) {
    return new CheckpointFailedException(
        "The transaction of "
            + checkpoint
            + " of job '"
            + job
            + "' was not committed: "
            + failure
            + ". Nothing of it is visible, and no newer attempt has taken over; if it was open for"
            + " longer than transaction.timeout.ms = "
            + timeoutMillis
            + ", look for a slow checkpoint.",
        failure);
  }
}
