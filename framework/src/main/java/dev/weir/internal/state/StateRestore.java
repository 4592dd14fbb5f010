package dev.weir.internal.state;

import dev.weir.error.RestoreException;
import dev.weir.internal.key.KeyGroups;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StagePart;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Reads the parts of a stage's state and keeps the rows of one task's key groups. Files say what
 * changed, each for the key groups in its header, and are applied by checkpoint upon the base; what
 * a key group has already is not applied again. One I/O thread, one use.
 */
public final class StateRestore {
  private final StateScope scope;
  private final BottomStore bottom;
  private final Map<TableDescriptor<?, ?>, BottomTable<?, ?>> tables;
  private final CheckpointStore store;
  private boolean hasBase;
  private boolean hasRows;

  /** Tables in the order they were made. */
  public StateRestore(
      StateScope scope,
      BottomStore bottom,
      Map<TableDescriptor<?, ?>, BottomTable<?, ?>> tables,
      CheckpointStore store) {
    this.scope = scope;
    this.bottom = bottom;
    this.tables = tables;
    this.store = store;
  }

  /** Restores the rows of all parts, for somebody who does not go on from them. */
  public void restoreRows(List<StagePart> parts) {
    restore(parts);
  }

  /**
   * Restores all parts; gives the files to go on from, none if they need a base that is not kept.
   */
  StateFiles restore(List<StagePart> parts) {
    IntToLongFunction applied =
        parts.isEmpty()
            ? keyGroup -> BottomStore.NOTHING
            : bottom.restoreBase(table -> matching("the base of the checkpoint", table));
    hasBase =
        IntStream.range(scope.firstKeyGroup(), scope.endKeyGroup())
            .anyMatch(group -> applied.applyAsLong(group) != BottomStore.NOTHING);
    Set<FileRef> firsts = new HashSet<>();
    Set<FileRef> files = new LinkedHashSet<>();
    for (StagePart part : parts) {
      if (overlaps(part, parts.size())) {
        checkOrder(part);
        part.files().stream().limit(1).forEach(firsts::add);
        files.addAll(part.files());
      }
    }
    List<FileRef> inOrder = new ArrayList<>(files);
    inOrder.sort(Comparator.comparingLong(FileRef::checkpointId));
    for (FileRef file : inOrder) {
      if (isMissingSomewhere(file, applied)) {
        boolean standsAlone = firsts.contains(file) && !hasBase;
        store.read(file, in -> restore(file, standsAlone, applied, in));
      }
    }
    return hasBase && !bottom.keepsRestoredBase() ? StateFiles.NONE : new StateFiles(inOrder);
  }

  private boolean isMissingSomewhere(FileRef file, IntToLongFunction applied) {
    return IntStream.range(scope.firstKeyGroup(), scope.endKeyGroup())
        .anyMatch(group -> applied.applyAsLong(group) < file.checkpointId());
  }

  private void restore(
      FileRef file, boolean standsAlone, IntToLongFunction applied, DataInputStream in)
      throws IOException {
    FileHeader header = FileHeader.readFrom(in);
    check(header.checkpointId() == file.checkpointId(), "a file of " + file.checkpointId(), header);
    check(!standsAlone || header.isBase(), "a base", header);
    if (header.maxParallelism() != scope.maxParallelism()) {
      throw incompatible(
          file.location(),
          "it was written with "
              + header.maxParallelism()
              + " key groups, the job has "
              + scope.maxParallelism()
              + ". Set max.parallelism back: it is fixed with the first checkpoint");
    }
    List<BottomStore.Target<?, ?>> inOrder = new ArrayList<>();
    for (FileHeader.Table table : header.tables()) {
      inOrder.add(matching(file.location(), table));
    }
    IntPredicate isWanted =
        group -> scope.owns(group) && applied.applyAsLong(group) < header.checkpointId();
    if (header.isBase() && (hasBase || hasRows)) {
      clear(header, isWanted);
    }
    new FileRowReader(header, in, inOrder).restore(isWanted);
    hasRows = true;
  }

  /** A base says all there is, so what was there before goes. */
  private void clear(FileHeader header, IntPredicate isWanted) {
    FileRowReader.forEachRun(
        header,
        isWanted,
        (first, end) ->
            tables.values().forEach(table -> table.restoreClear(first, end, Long.MAX_VALUE)));
  }

  private boolean overlaps(StagePart part, int parallelism) {
    int first = KeyGroups.firstOf(part.subtask(), scope.maxParallelism(), parallelism);
    int end = KeyGroups.firstOf(part.subtask() + 1, scope.maxParallelism(), parallelism);
    return first < scope.endKeyGroup() && scope.firstKeyGroup() < end;
  }

  private void checkOrder(StagePart part) {
    FileRef last = null;
    for (FileRef file : part.files()) {
      if (last != null && (file.equals(last) || file.checkpointId() < last.checkpointId())) {
        throw incompatible(
            file.location(),
            "expected a file of a checkpoint after "
                + last.checkpointId()
                + ". The manifest is wrong: put the right one back");
      }
      last = file;
    }
  }

  private static void check(boolean holds, String expected, FileHeader found)
      throws StreamCorruptedException {
    if (!holds) {
      throw new StreamCorruptedException(
          "expected "
              + expected
              + ", found a "
              + (found.isBase() ? "base" : "delta")
              + " of checkpoint "
              + found.checkpointId());
    }
  }

  private BottomStore.Target<?, ?> matching(String file, FileHeader.Table written) {
    Optional<String> misfit = BottomStore.Target.misfit(tables.keySet(), written);
    if (misfit.isPresent()) {
      throw incompatible(file, misfit.get());
    }
    return tables.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(written.name()))
        .map(entry -> target(entry.getKey(), entry.getValue(), written))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked") // A table is kept beside the descriptor that it was made with.
  private static <K, V> BottomStore.Target<K, V> target(
      TableDescriptor<K, V> declared, BottomTable<?, ?> table, FileHeader.Table written) {
    return BottomStore.Target.of(declared, (BottomTable<K, V>) table, written);
  }

  private RestoreException incompatible(String file, String misfit) {
    return new RestoreException(
        "State of stage '"
            + scope.stage()
            + "' cannot be restored from "
            + file
            + ": "
            + misfit
            + ".");
  }
}
