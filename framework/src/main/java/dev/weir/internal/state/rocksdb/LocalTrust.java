package dev.weir.internal.state.rocksdb;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.state.BottomStore;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether a database that was found is a beginning of what is to be restored: each of its key
 * groups is marked with a checkpoint of the same lineage, not after the one that is restored, and
 * not before what the checkpoint's own base has, because files from before that are gone. Pure.
 */
final class LocalTrust {
  private LocalTrust() {}

  /** What speaks against it; empty: nothing. */
  static Optional<String> doubt(CheckpointManifest manifest, Marks marks) {
    if (marks.all().isEmpty()) {
      return Optional.of("it has nothing of any checkpoint");
    }
    return manifest.stages().keySet().stream()
        .filter(marks::hasStage) // Others have no keyed state, or had none yet.
        .flatMap(
            stage ->
                IntStream.range(0, manifest.maxParallelism())
                    .mapToObj(group -> doubt(manifest, marks.of(stage, group)))
                    .flatMap(Optional::stream))
        .findFirst();
  }

  private static Optional<String> doubt(CheckpointManifest manifest, Optional<Marks.Mark> mark) {
    long has = mark.map(each -> each.header().checkpointId()).orElse(BottomStore.NOTHING);
    long through = manifest.base().map(SharedBase::through).orElse(BottomStore.NOTHING);
    if (has < through) {
      return Optional.of("it ends with checkpoint " + has + ", files begin behind " + through);
    }
    boolean isOfLine = mark.isEmpty() || manifest.lineage().holds(has, mark.orElseThrow().run());
    return has > manifest.checkpointId() || !isOfLine
        ? Optional.of("its checkpoint " + has + " did not lead to what is restored")
        : Optional.empty();
  }
}
