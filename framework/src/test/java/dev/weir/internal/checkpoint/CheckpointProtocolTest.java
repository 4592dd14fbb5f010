package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.internal.checkpoint.CheckpointProtocol.Action;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StagePart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CheckpointProtocolTest {
  private static final TaskId SOURCE = new TaskId(0, 0, "clicks");
  private static final TaskId WINDOW = new TaskId(1, 0, "count");
  private static final StagePart PART = new StagePart(0, new byte[] {1}, List.of());
  private static final FileRef MANIFEST = new FileRef("checkpoints/5-1/manifest", 10, 1);

  private final CheckpointProtocol protocol = protocol(new CheckpointTiming(1_000, 10_000, 0));
  private long activity;

  @Test
  void shouldTakeACheckpointFromBarrierToAnnouncement() {
    assertThat(tick(100)).containsExactly(new Action.Trigger(5, false));
    assertThat(protocol.acknowledged(SOURCE, 5, Map.of("clicks", PART))).isEmpty();
    assertThat(protocol.acknowledged(WINDOW, 5, Map.of("count", PART)))
        .containsExactly(
            new Action.WriteManifest(5, Map.of("clicks", List.of(PART), "count", List.of(PART))));
    assertThat(protocol.manifestWritten(5, MANIFEST))
        .containsExactly(new Action.CompleteInLedger(5, MANIFEST));
    assertThat(protocol.completed(5, 200)).containsExactly(new Action.Announce(5, false));
  }

  @Test
  void shouldWaitForTheIntervalFromStartToStart() {
    complete(5, 100);

    assertThat(tick(1_099)).isEmpty();
    assertThat(tick(1_100)).containsExactly(new Action.Trigger(6, false));
  }

  @Test
  void shouldTakeTheFirstOneAfterARestoreAsSoonAsRecordsWereTaken() {
    CheckpointProtocol restored = restored();
    restored.recordsTaken(7);

    assertThat(restored.tick(99, 3)).as("work goes on for a while").isEmpty();
    assertThat(restored.tick(100, 3)).containsExactly(new Action.Trigger(5, false));
    assertThat(restored.nextDeadline()).as("when it is told to be slow").isEqualTo(1_100);
  }

  @Test
  void shouldLookAgainWhetherRecordsWereTakenAfterARestore() {
    CheckpointProtocol restored = restored();
    restored.recordsTaken(0);

    assertThat(restored.tick(100, 2)).as("splits were given back, no more").isEmpty();
    assertThat(restored.nextDeadline()).isEqualTo(200);
    restored.recordsTaken(1);
    assertThat(restored.tick(200, 3)).containsExactly(new Action.Trigger(5, false));
  }

  @Test
  void shouldTakeTheFirstOneAfterARestoreWhenTheIntervalIsOverThoughNothingHasHappened() {
    CheckpointProtocol restored = restored();

    assertThat(restored.tick(950, 0)).isEmpty();
    assertThat(restored.nextDeadline()).isEqualTo(1_000);
    assertThat(restored.tick(999, 0)).isEmpty();
    assertThat(restored.tick(1_000, 0)).containsExactly(new Action.Trigger(5, false));
  }

  @Test
  void shouldTakeTheFirstOneAfterARestoreAtOnceIfAsked() {
    CheckpointProtocol restored = restored();
    restored.requestNow();

    assertThat(restored.tick(10, 0)).containsExactly(new Action.Trigger(5, false));
  }

  @Test
  void shouldTakeNoneAfterARestoreWithoutAnInterval() {
    CheckpointTiming timing = new CheckpointTiming(CheckpointTiming.OFF, 10_000, 0);
    CheckpointProtocol restored =
        new CheckpointProtocol(Set.of(SOURCE, WINDOW), 5, timing.afterRestore(0), timing);

    assertThat(restored.tick(1_000_000, 7)).isEmpty();
    assertThat(restored.nextDeadline()).isEqualTo(CheckpointTiming.OFF);
  }

  @Tag("S37")
  @Test
  void shouldNeverHaveTwoCheckpointsUnderWay() {
    tick(100);

    assertThat(tick(5_000)).hasOnlyElementsOfType(Action.Slow.class);
    assertThat(tick(9_000)).isEmpty();
  }

  @Test
  void shouldHaltAtACheckpointAndGoOnWithOtherTasks() {
    complete(5, 100);
    protocol.requestHalt();

    assertThat(tick(200)).containsExactly(new Action.Halt(6));
    answer(6, 300);

    assertThat(protocol.isHalted()).isTrue();
    protocol.requestNow();
    assertThat(tick(50_000)).as("while halted").isEmpty();
    protocol.goOn(Set.of(SOURCE));
    assertThat(tick(50_001)).containsExactly(new Action.Trigger(7, false));
    assertThat(protocol.acknowledged(SOURCE, 7, Map.of("clicks", PART)))
        .containsExactly(new Action.WriteManifest(7, Map.of("clicks", List.of(PART))));
  }

  @Test
  void shouldTakeNoCheckpointBehindTheLastOneThatWasAskedForUntilItIsReleased() {
    complete(5, 100);

    assertThat(protocol.requestLast()).isEqualTo(6);
    assertThat(tick(200)).containsExactly(new Action.Trigger(6, false));
    answer(6, 300);
    protocol.requestNow();
    protocol.requestFinal();
    assertThat(tick(5_000)).as("while it is held").isEmpty();
    assertThat(protocol.nextDeadline()).isEqualTo(10_300);

    assertThat(protocol.release()).isTrue();
    assertThat(tick(5_001)).containsExactly(new Action.Trigger(7, true));
    assertThat(protocol.release()).as("a second time").isFalse();
  }

  @Test
  void shouldGoOnByItselfWhenItIsHeldForLongerThanACheckpointMayTake() {
    complete(5, 100);
    protocol.requestLast();
    tick(200);
    answer(6, 300);
    protocol.requestNow();
    assertThat(tick(10_299)).isEmpty();

    assertThat(tick(10_300)).containsExactly(new Action.Trigger(7, false));
    assertThat(protocol.release()).isFalse();
  }

  @Test
  void shouldEndRatherThanHalt() {
    complete(5, 100);
    protocol.requestHalt();
    protocol.requestFinal();

    assertThat(tick(200)).containsExactly(new Action.Trigger(6, true));
    answer(6, 300);
    assertThat(protocol.isHalted()).isFalse();
  }

  @Test
  void shouldTakeACheckpointBeforeItsTimeIfAsked() {
    complete(5, 100);
    protocol.requestEarly();

    assertThat(protocol.nextDeadline()).isLessThanOrEqualTo(300);
    assertThat(tick(300)).containsExactly(new Action.Trigger(6, false));
    answer(6, 300);
    assertThat(tick(1_299)).isEmpty();
    assertThat(tick(1_300)).containsExactly(new Action.Trigger(7, false));
  }

  @Test
  void shouldTakeNoSecondCheckpointForWhoAskedWhileOneWasUnderWay() {
    tick(100);
    protocol.requestEarly();
    answer(5, 100);

    assertThat(tick(200)).isEmpty();
  }

  @Tag("S33")
  @Test
  void shouldFailTheAttemptWhenACheckpointTakesTooLong() {
    tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());

    assertThat(tick(10_100)).containsExactly(new Action.TimedOut(5, "TRIGGERED", Set.of(WINDOW)));
  }

  @Tag("S04")
  @Test
  void shouldDoNothingMoreWhenAnswersComeAfterTheTimeout() {
    tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());
    tick(10_100);

    assertThat(protocol.acknowledged(WINDOW, 5, Map.of())).isEmpty();
    assertThat(protocol.manifestWritten(5, MANIFEST)).isEmpty();
    assertThat(protocol.completed(5, 200)).isEmpty();
    assertThat(tick(20_000)).isEmpty();
  }

  @Test
  void shouldTakeTheFinalCheckpointAfterTheOneUnderWayAndNoneAfterThat() {
    tick(100);
    protocol.requestFinal();
    assertThat(tick(150)).isEmpty();
    answer(5, 150);

    List<Action> actions = tick(160);

    assertThat(actions).containsExactly(new Action.Trigger(6, true));
    answer(6, 160);
    assertThat(tick(1_000_000)).isEmpty();
  }

  @Tag("S04")
  @Test
  void shouldRefuseTheAnswerToAnotherCheckpoint() {
    tick(100);

    assertThatIllegalStateException()
        .isThrownBy(() -> protocol.acknowledged(SOURCE, 4, Map.of()))
        .withMessageContaining("Checkpoint 4");
  }

  @Tag("S04")
  @Test
  void shouldRefuseASecondAnswerOfOneTask() {
    tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());

    assertThatIllegalStateException()
        .isThrownBy(() -> protocol.acknowledged(SOURCE, 5, Map.of()))
        .withMessageContaining("twice");
  }

  @Test
  void shouldPauseAfterTheEndOfACheckpoint() {
    CheckpointProtocol pausing = protocol(new CheckpointTiming(1_000, 10_000, 400));
    pausing.tick(100, 0);
    pausing.acknowledged(SOURCE, 5, Map.of());
    pausing.acknowledged(WINDOW, 5, Map.of());
    pausing.manifestWritten(5, MANIFEST);
    pausing.completed(5, 1_090);

    assertThat(pausing.tick(1_489, 1)).isEmpty();
    assertThat(pausing.tick(1_490, 1)).containsExactly(new Action.Trigger(6, false));
  }

  @Test
  void shouldTakeOnlyTheFirstAndTheFinalOneWithoutAnInterval() {
    CheckpointProtocol off = protocol(new CheckpointTiming(CheckpointTiming.OFF, 10_000, 0));
    off.tick(100, 0);
    off.acknowledged(SOURCE, 5, Map.of());
    off.acknowledged(WINDOW, 5, Map.of());
    off.manifestWritten(5, MANIFEST);
    off.completed(5, 200);

    assertThat(off.tick(1_000_000_000, 1)).isEmpty();
    off.requestFinal();
    assertThat(off.tick(1_000_000_001, 1)).containsExactly(new Action.Trigger(6, true));
  }

  @Test
  void shouldSkipACheckpointOfAnIdleJob() {
    complete(5, 100);

    assertThat(protocol.tick(1_100, activity)).containsExactly(new Action.Skipped());
    assertThat(protocol.tick(2_099, activity + 1)).isEmpty();
    assertThat(protocol.tick(2_100, activity + 1)).containsExactly(new Action.Trigger(6, false));
  }

  @Tag("S13")
  @Test
  void shouldTakeACheckpointOfAnIdleJobNowAndThenAndAtItsEnd() {
    complete(5, 100);
    long anHourLater = 100 + CheckpointTiming.LONGEST_SKIP;

    assertThat(protocol.tick(anHourLater - 1, activity)).containsExactly(new Action.Skipped());
    assertThat(protocol.tick(anHourLater + 999, activity))
        .containsExactly(new Action.Trigger(6, false));
    answer(6, anHourLater + 1_000);
    protocol.requestFinal();
    assertThat(protocol.tick(anHourLater + 1_001, activity))
        .containsExactly(new Action.Trigger(7, true));
  }

  @Test
  void shouldTellOnceThatACheckpointIsSlow() {
    tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());

    assertThat(tick(1_099)).isEmpty();
    assertThat(tick(1_100)).containsExactly(new Action.Slow(5, "TRIGGERED", Set.of(WINDOW)));
    assertThat(tick(1_200)).isEmpty();
  }

  private static CheckpointProtocol protocol(CheckpointTiming timing) {
    return new CheckpointProtocol(
        Set.of(SOURCE, WINDOW), 5, CheckpointTiming.First.at(100), timing);
  }

  private static CheckpointProtocol restored() {
    CheckpointTiming timing = new CheckpointTiming(1_000, 10_000, 0);
    return new CheckpointProtocol(Set.of(SOURCE, WINDOW), 5, timing.afterRestore(0), timing);
  }

  /** Something has always happened meanwhile. */
  private List<Action> tick(long now) {
    return protocol.tick(now, ++activity);
  }

  private void complete(long id, long now) {
    tick(now);
    answer(id, now);
  }

  private void answer(long id, long now) {
    protocol.acknowledged(SOURCE, id, Map.of());
    protocol.acknowledged(WINDOW, id, Map.of());
    protocol.manifestWritten(id, MANIFEST);
    protocol.completed(id, now);
  }
}
