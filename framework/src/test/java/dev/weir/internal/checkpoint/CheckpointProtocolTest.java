package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.internal.checkpoint.CheckpointProtocol.Action;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StagePart;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckpointProtocolTest {
  private static final TaskId SOURCE = new TaskId(0, 0, "clicks");
  private static final TaskId WINDOW = new TaskId(1, 0, "count");
  private static final StagePart PART = new StagePart(0, new byte[] {1}, List.of());
  private static final FileRef MANIFEST = new FileRef("checkpoints/5-1/manifest", 10, 1);

  private final CheckpointProtocol protocol =
      new CheckpointProtocol(Set.of(SOURCE, WINDOW), 5, 100, 1_000, 10_000);

  @Test
  void shouldTakeACheckpointFromBarrierToAnnouncement() {
    assertThat(protocol.tick(100)).containsExactly(new Action.Trigger(5, false));
    assertThat(protocol.acknowledged(SOURCE, 5, Map.of("clicks", PART))).isEmpty();
    assertThat(protocol.acknowledged(WINDOW, 5, Map.of("count", PART)))
        .containsExactly(
            new Action.WriteManifest(5, Map.of("clicks", List.of(PART), "count", List.of(PART))));
    assertThat(protocol.manifestWritten(5, MANIFEST))
        .containsExactly(new Action.CompleteInLedger(5, MANIFEST));
    assertThat(protocol.completed(5)).containsExactly(new Action.Announce(5, false));
  }

  @Test
  void shouldWaitForTheIntervalFromStartToStart() {
    complete(5, 100);

    assertThat(protocol.tick(1_099)).isEmpty();
    assertThat(protocol.tick(1_100)).containsExactly(new Action.Trigger(6, false));
  }

  @Test
  void shouldNeverHaveTwoCheckpointsUnderWay() {
    protocol.tick(100);

    assertThat(protocol.tick(5_000)).isEmpty();
  }

  @Test
  void shouldFailTheAttemptWhenACheckpointTakesTooLong() {
    protocol.tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());

    assertThat(protocol.tick(10_100))
        .containsExactly(new Action.TimedOut(5, "TRIGGERED", Set.of(WINDOW)));
  }

  @Test
  void shouldDoNothingMoreWhenAnswersComeAfterTheTimeout() {
    protocol.tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());
    protocol.tick(10_100);

    assertThat(protocol.acknowledged(WINDOW, 5, Map.of())).isEmpty();
    assertThat(protocol.manifestWritten(5, MANIFEST)).isEmpty();
    assertThat(protocol.completed(5)).isEmpty();
    assertThat(protocol.tick(20_000)).isEmpty();
  }

  @Test
  void shouldTakeTheFinalCheckpointAfterTheOneUnderWayAndNoneAfterThat() {
    protocol.tick(100);
    protocol.requestFinal();
    assertThat(protocol.tick(150)).isEmpty();
    answer(5);

    List<Action> actions = protocol.tick(160);

    assertThat(actions).containsExactly(new Action.Trigger(6, true));
    answer(6);
    assertThat(protocol.tick(1_000_000)).isEmpty();
  }

  @Test
  void shouldRefuseTheAnswerToAnotherCheckpoint() {
    protocol.tick(100);

    assertThatIllegalStateException()
        .isThrownBy(() -> protocol.acknowledged(SOURCE, 4, Map.of()))
        .withMessageContaining("Checkpoint 4");
  }

  @Test
  void shouldRefuseASecondAnswerOfOneTask() {
    protocol.tick(100);
    protocol.acknowledged(SOURCE, 5, Map.of());

    assertThatIllegalStateException()
        .isThrownBy(() -> protocol.acknowledged(SOURCE, 5, Map.of()))
        .withMessageContaining("twice");
  }

  private void complete(long id, long now) {
    protocol.tick(now);
    answer(id);
  }

  private void answer(long id) {
    protocol.acknowledged(SOURCE, id, Map.of());
    protocol.acknowledged(WINDOW, id, Map.of());
    protocol.manifestWritten(id, MANIFEST);
    protocol.completed(id);
  }
}
