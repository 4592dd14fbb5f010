package dev.weir.internal.operator;

import dev.weir.internal.state.KeyedStateBackend.FrozenState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One operator's part of a checkpoint, cut at the barrier.
 *
 * @param stage the operator's stage
 * @param inline small state, already in bytes; empty: the stage stores nothing
 * @param frozen keyed state, to be written by an I/O thread
 * @param prepared done when everything sent outside is held safely there
 */
public record OperatorSnapshot(
    String stage, Optional<byte[]> inline, FrozenState frozen, CompletionStage<Void> prepared) {
  private static final FrozenState NO_FILES = pack -> List.of();
  private static final CompletionStage<Void> NOTHING_OUTSIDE =
      CompletableFuture.completedStage(null);

  static OperatorSnapshot of(String stage, byte[] inline) {
    return of(stage, inline, NO_FILES);
  }

  static OperatorSnapshot of(String stage, byte[] inline, FrozenState frozen) {
    return new OperatorSnapshot(stage, Optional.of(inline), frozen, NOTHING_OUTSIDE);
  }

  static OperatorSnapshot ofSink(String stage, CompletionStage<Void> prepared) {
    return new OperatorSnapshot(stage, Optional.empty(), NO_FILES, prepared);
  }
}
