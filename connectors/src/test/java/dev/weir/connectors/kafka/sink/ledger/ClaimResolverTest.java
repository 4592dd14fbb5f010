package dev.weir.connectors.kafka.sink.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connector.LedgerEntry;
import dev.weir.connectors.kafka.sink.ledger.ClaimResolver.NumberTaken;
import dev.weir.connectors.kafka.sink.ledger.ClaimResolver.Overtaken;
import dev.weir.connectors.kafka.sink.ledger.ClaimResolver.Won;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claim;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Claimant;
import dev.weir.connectors.kafka.sink.ledger.LedgerRecord.Completed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimResolverTest {
  private static final Claimant ME = new Claimant(1, 1);
  private static final Claimant OTHER = new Claimant(2, 2);

  @Test
  void shouldWinWhereNobodyElseClaims() {
    LedgerLog log = log(claim(ME, 1, 0), claim(ME, 1, 1));

    assertThat(ClaimResolver.afterClaim(log, ME, 1)).isEqualTo(new Won());
  }

  @Test
  void shouldWinOverWhoeverClaimedBefore() {
    LedgerLog log =
        log(claim(OTHER, 1, 0), claim(OTHER, 1, 1), entry(0, 1), claim(ME, 2, 0), claim(ME, 2, 1));

    assertThat(ClaimResolver.afterClaim(log, ME, 2)).isEqualTo(new Won());
    assertThat(log.lastCompleted().orElseThrow().checkpointId()).isZero();
  }

  @Test
  void shouldBeOvertakenByAClaimOnAnIdBehindMine() {
    LedgerLog whole = log(claim(ME, 1, 0), claim(ME, 1, 1), claim(OTHER, 1, 0), claim(OTHER, 1, 1));
    LedgerLog half = log(claim(ME, 1, 0), claim(ME, 1, 1), claim(OTHER, 1, 0));

    assertThat(ClaimResolver.afterClaim(whole, ME, 1)).isEqualTo(new Overtaken());
    assertThat(ClaimResolver.afterClaim(half, ME, 1)).isEqualTo(new Overtaken());
  }

  @Test
  void shouldTakeAnotherNumberWhereTheFirstWasTaken() {
    LedgerLog log = log(claim(OTHER, 3, 0), claim(OTHER, 3, 1), claim(ME, 3, 0), claim(ME, 3, 1));

    assertThat(ClaimResolver.afterClaim(log, ME, 3)).isEqualTo(new NumberTaken(3));
  }

  @Test
  void shouldTakeAnotherNumberWhereSomebodyRunsUnderIt() {
    LedgerLog log = log(entry(9, 5), claim(ME, 5, 0), claim(ME, 5, 1));

    assertThat(ClaimResolver.afterClaim(log, ME, 5)).isEqualTo(new NumberTaken(5));
  }

  @Test
  void shouldForgetItsOwnClaimsOfEarlierRounds() {
    LedgerLog log = log(claim(ME, 1, 0), claim(OTHER, 1, 0), claim(ME, 2, 0), claim(ME, 2, 1));

    assertThat(ClaimResolver.afterClaim(log, ME, 2)).isEqualTo(new Won());
  }

  @Test
  void shouldGiveWayOnlyToAWholeClaimBehindItsOwn() {
    LedgerLog half = log(claim(OTHER, 1, 0));
    LedgerLog whole = log(claim(OTHER, 1, 0), claim(OTHER, 1, 1));
    LedgerLog mineIsLater =
        log(claim(OTHER, 1, 0), claim(OTHER, 1, 1), claim(ME, 2, 0), claim(ME, 2, 1));

    assertThat(half.wholeClaimOfOthers(ME, 0)).isEmpty();
    assertThat(whole.wholeClaimOfOthers(ME, 0)).isPresent();
    assertThat(whole.wholeClaimOfOthers(ME, 2)).as("it was there before").isEmpty();
    assertThat(mineIsLater.wholeClaimOfOthers(ME, 0)).isEmpty();
    assertThat(mineIsLater.wholeClaimOfOthers(OTHER, 0)).isPresent();
  }

  @Test
  void shouldNotCountClaimsUnderTwoNumbersAsOneWholeClaim() {
    LedgerLog log = log(claim(OTHER, 1, 0), claim(OTHER, 2, 1));

    assertThat(log.wholeClaims()).isEmpty();
  }

  private static LedgerLog log(LedgerRecord... records) {
    return new LedgerLog(
        IntStream.range(0, records.length)
            .mapToObj(offset -> new LedgerLog.Line(offset, records[offset]))
            .toList());
  }

  private static Claim claim(Claimant claimant, long attempt, int index) {
    return new Claim(attempt, index, 2, claimant, 0);
  }

  private static Completed entry(long checkpoint, long attempt) {
    return new Completed(new LedgerEntry(checkpoint, attempt, "m", 1, 1, 0), List.of());
  }
}
