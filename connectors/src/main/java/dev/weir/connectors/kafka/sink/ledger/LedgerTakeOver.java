package dev.weir.connectors.kafka.sink.ledger;

import dev.weir.connectors.kafka.ClientFailures;
import dev.weir.connectors.kafka.sink.ledger.ClaimResolver.NumberTaken;
import dev.weir.connectors.kafka.sink.ledger.ClaimResolver.Overtaken;
import dev.weir.connectors.kafka.sink.ledger.ClaimResolver.Verdict;
import dev.weir.connectors.kafka.sink.ledger.LedgerLog.WholeClaim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.error.ConnectorException;
import dev.weir.error.FencedException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a job over. Blocks; on one I/O thread.
 *
 * <pre>
 *   fence each id, in order ──► settle what hangs ──► claim each id ──► read the ledger to its end ──► Won
 *      ▲        │ fenced             │ fenced              │ Overtaken
 *      │        ▼                    ▼                     ▼
 *      └── wait a random time ◄──────┴─────────────────────┘
 *               └──► somebody else's claim is whole: FencedException
 * </pre>
 *
 * A loser gives way only to a whole claim that is behind its own last one, so at least one instance
 * is left; it may have to start again.
 */
final class LedgerTakeOver {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerTakeOver.class);
  private static final int MAX_ROUNDS = 12;
  private static final int MAX_NUMBERS = 5;
  private static final int FIRST_WAIT_MILLIS = 100;
  private static final int LONGEST_WAIT_MILLIS = 2_000;

  private final String job;
  private final ProducerPool.Maker pools;
  private final LedgerReader reader;
  private final LedgerSender sender;
  private final TransactionMender mender;
  private final RandomGenerator random;
  private final Claimant self;

  LedgerTakeOver(
      String job,
      ProducerPool.Maker pools,
      LedgerReader reader,
      LedgerSender sender,
      TransactionMender mender,
      RandomGenerator random) {
    this.job = job;
    this.pools = pools;
    this.reader = reader;
    this.sender = sender;
    this.mender = mender;
    this.random = random;
    this.self = new Claimant(random.nextLong(), random.nextLong());
  }

  /** What was taken over: the ids' producers, all fenced and claimed, and what the ledger says. */
  record Taken(ProducerPool pool, long attempt, Claimant self, LedgerLog log) {}

  /**
   * Takes over.
   *
   * @throws FencedException if another instance has taken over meanwhile
   * @throws ConnectorException if the broker does not answer, or instances kept stopping each other
   */
  Taken run() {
    long start = reader.committedEnd();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<Taken> taken = tryOnce();
      if (taken.isPresent()) {
        return taken.get();
      }
      int longest = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << round);
      reader.pass(random.nextInt(longest / 2, longest + 1));
      Optional<WholeClaim> other = reader.readCommitted().wholeClaimOfOthers(self, start);
      if (other.isPresent()) {
        throw givenWay(other.get());
      }
      LOG.info("Another instance of job {} is taking over, too; trying again.", job);
    }
    throw new ConnectorException(
        "Tried to take over job '"
            + job
            + "' "
            + MAX_ROUNDS
            + " times, but each time other instances took an id in between, and none of them"
            + " finished. Start one instance at a time.");
  }

  private Optional<Taken> tryOnce() {
    ProducerPool pool = pools.make();
    boolean isTaken = false;
    try {
      pool.fenceAll();
      mender.mendLedger(reader.admin(), reader::recordAt);
      LedgerLog log = reader.readCommitted();
      mender.mendTopics(reader.admin(), log.topicsAtStake());
      Optional<Taken> taken = claim(pool, log.highestAttempt() + 1);
      isTaken = taken.isPresent();
      return taken;
    } catch (KafkaException e) {
      if (Fencing.is(e) || isBrokersOwn(e)) {
        return Optional.empty();
      }
      throw ClientFailures.of(e, "take over job '" + job + "'", pool.servers());
    } finally {
      if (!isTaken) {
        pool.close();
      }
    }
  }

  private Optional<Taken> claim(ProducerPool pool, long first) {
    long attempt = first;
    for (int i = 0; i < MAX_NUMBERS; i++) {
      for (int index = 0; index < pool.size(); index++) {
        Claim claim = new Claim(attempt, index, pool.size(), self, sender.nowMillis());
        sender.commitAlone(pool.producer(index), claim);
      }
      LedgerLog log = reader.readToEnd();
      Verdict verdict = ClaimResolver.afterClaim(log, self, attempt);
      if (verdict instanceof Overtaken) {
        return Optional.empty();
      }
      if (verdict instanceof NumberTaken taken) {
        attempt = taken.highest() + 1;
        continue;
      }
      return Optional.of(new Taken(pool, attempt, self, log));
    }
    return Optional.empty();
  }

  /** Two that end one transaction at once have been seen to make the broker answer "unexpected". */
  private static boolean isBrokersOwn(KafkaException e) {
    return e.getClass() == KafkaException.class && e.getCause() == null;
  }

  private FencedException givenWay(WholeClaim other) {
    return new FencedException(
        "Tried to take over job '"
            + job
            + "', but another instance did so at the same time, as attempt "
            + other.attempt()
            + ". It runs the job; this one has changed nothing. Start only one instance of a job.");
  }
}
