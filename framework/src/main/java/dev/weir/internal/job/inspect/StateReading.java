package dev.weir.internal.job.inspect;

import dev.weir.internal.job.Ports;
import dev.weir.internal.operator.InlinePart;
import dev.weir.internal.operator.SourcePart;
import dev.weir.internal.operator.SplitState;
import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.stored.StoredState;
import dev.weir.job.stored.StateRow;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Shows the state in a checkpoint, row by row. A stage is read some key groups at a time, so that
 * no more than about 64 MiB of its files are in memory. Blocks; stateless but for its ports.
 */
public final class StateReading {
  private static final long SLICE_BYTES = 64L << 20;

  private final Ports ports;

  /** Reads through these ports. */
  public StateReading(Ports ports) {
    this.ports = ports;
  }

  /** Shows rows of the checkpoint of this manifest, or of the one that a job would begin from. */
  public void read(
      URI storage, Optional<String> name, Predicate<String> stages, Consumer<StateRow> rows) {
    try (OpenStorage open = new OpenStorage(storage, ports)) {
      CheckpointManifest manifest = name.map(open.manifests()::read).orElseGet(open::newest);
      show(open.files(), manifest, stages, rows);
    }
  }

  /** Shows rows of this checkpoint, whose files are in this store. */
  public static void show(
      CheckpointStore files,
      CheckpointManifest manifest,
      Predicate<String> stages,
      Consumer<StateRow> rows) {
    try (WrittenTables written = new WrittenTables(manifest, files, Map.of())) {
      new TreeMap<>(manifest.stages())
          .forEach(
              (stage, parts) -> {
                if (stages.test(stage)) {
                  parts.forEach(part -> inline(stage, part, rows));
                  keyed(manifest, stage, files, written, rows);
                }
              });
    }
  }

  private static void inline(String stage, StagePart part, Consumer<StateRow> rows) {
    OptionalLong watermark = InlinePart.watermarkIn(part);
    if (watermark.isPresent()) {
      rows.accept(
          new StateRow(
              stage, "watermark", part.subtask(), OptionalLong.empty(), watermark.getAsLong()));
    } else {
      SourcePart.decode(stage, List.of(part)).forEach(split -> rows.accept(row(stage, split)));
    }
  }

  private static StateRow row(String stage, SplitState split) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("maxTimestamp", split.maxTimestamp());
    value.put("position", split.split().position());
    return new StateRow(stage, "splits", split.split().id(), OptionalLong.empty(), value);
  }

  private static void keyed(
      CheckpointManifest manifest,
      String stage,
      CheckpointStore files,
      WrittenTables written,
      Consumer<StateRow> rows) {
    List<StagePart> parts = manifest.stages().get(stage);
    StoredState state = new StoredState(written.of(stage), files, written.base());
    int groups = manifest.maxParallelism();
    int slices = (int) Math.min(groups, 1 + bytes(manifest, parts) / SLICE_BYTES);
    for (int slice = 0; slice < slices; slice++) {
      state.read(
          StateScope.of(stage, slice, 0, groups, slices),
          parts,
          (table, key, time, value) -> rows.accept(new StateRow(stage, table, key, time, value)));
    }
  }

  private static long bytes(CheckpointManifest manifest, List<StagePart> parts) {
    long base = manifest.base().map(shared -> shared.bytes()).orElse(0L);
    return base
        + parts.stream()
            .flatMap(part -> part.files().stream())
            .distinct()
            .mapToLong(FileRef::bytes)
            .sum();
  }
}
