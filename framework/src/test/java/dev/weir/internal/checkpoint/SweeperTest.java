package dev.weir.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.CheckpointStore.RetainedManifest;
import dev.weir.internal.snapshot.FolderStores;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.LossyDisk;
import dev.weir.internal.snapshot.SharedBases;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final Path ROOT = Path.of("/job");

  private final LossyDisk disk = new LossyDisk(ROOT);
  private final CheckpointStore store = FolderStores.in(ROOT, disk);
  private final Queue<Runnable> io = new ArrayDeque<>();
  private final List<Throwable> failures = new ArrayList<>();
  private Sweeper sweeper;

  @BeforeEach
  void open() {
    store.open("job");
    CheckpointScope scope =
        new CheckpointScope(
            "job",
            1,
            8,
            Lineage.NONE,
            1,
            store,
            SharedBases.NONE,
            null,
            work -> {
              throw new AssertionError("The next manifest would wait for the sweep");
            },
            io::add,
            Runnable::run,
            null,
            CrashPoint.Hook.NONE);
    sweeper = new Sweeper(scope, new Failures());
  }

  @Test
  void shouldRemoveWhatIsNotRetainedBesideTheCheckpoints() {
    RetainedManifest first = written(1);
    RetainedManifest second = written(2);
    sweeper.sweep(List.of(second));
    assertThat(isThere(first)).isTrue();

    io.remove().run();

    assertThat(isThere(first)).isFalse();
    assertThat(isThere(second)).isTrue();
  }

  @Test
  void shouldSweepOnceForAllThatWasAskedForMeanwhile() {
    RetainedManifest first = written(1);
    RetainedManifest second = written(2);
    RetainedManifest third = written(3);
    sweeper.sweep(List.of(first));
    sweeper.sweep(List.of(second));
    sweeper.sweep(List.of(third));

    io.remove().run();

    assertThat(io).isEmpty();
    assertThat(isThere(first)).isFalse();
    assertThat(isThere(second)).isFalse();
    assertThat(isThere(third)).isTrue();
  }

  @Test
  void shouldSweepAgainForWhatIsAskedForBehindASweep() {
    RetainedManifest first = written(1);
    RetainedManifest second = written(2);
    sweeper.sweep(List.of(first));
    io.remove().run();

    sweeper.sweep(List.of(second));
    io.remove().run();

    assertThat(isThere(first)).isFalse();
  }

  @Test
  void shouldTellThatASweepHasFailed() {
    sweeper.sweep(List.of()); // Refused: nothing at all would be left.

    io.remove().run();

    assertThat(failures).hasSize(1);
  }

  @Test
  void shouldSweepBehindAllOthersAtTheEnd() {
    RetainedManifest first = written(1);
    RetainedManifest second = written(2);
    List<Optional<Throwable>> ends = new ArrayList<>();
    sweeper.sweep(List.of(first, second));
    sweeper.sweepAtEnd(List.of(second), ends::add);

    io.remove().run();
    assertThat(isThere(first)).isTrue();
    assertThat(ends).isEmpty();
    io.remove().run();

    assertThat(isThere(first)).isFalse();
    assertThat(ends).containsExactly(Optional.empty());
  }

  private RetainedManifest written(long checkpointId) {
    CheckpointManifest manifest =
        new CheckpointManifest("job", checkpointId, 1, 8, Lineage.NONE, Map.of(), Optional.empty());
    return new RetainedManifest(store.writeManifest(manifest), manifest);
  }

  private boolean isThere(RetainedManifest manifest) {
    return FolderStores.manifests(ROOT, disk).contains(manifest.file().location());
  }

  private final class Failures implements CheckpointListener {
    @Override
    public void completed(CompletedCheckpoint checkpoint) {
      throw new AssertionError("Nobody completes a checkpoint here");
    }

    @Override
    public void skipped() {
      throw new AssertionError("Nobody skips a checkpoint here");
    }

    @Override
    public void slow(long checkpointId, String heldBy) {
      throw new AssertionError("No checkpoint is under way here");
    }

    @Override
    public void failed(Throwable cause) {
      failures.add(cause);
    }
  }
}
