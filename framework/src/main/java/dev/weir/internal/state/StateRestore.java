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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Reads the parts of a stage's state and keeps the rows of one task's key groups. Files say what
 * changed, each for the key groups in its header, and are applied by checkpoint upon the base; what
 * a key group has already is not applied again. One I/O thread, one use.
 */
final class StateRestore {
  private final StateScope scope;
  private final BottomStore bottom;
  private final Map<TableDescriptor<?, ?>, BottomTable<?, ?>> tables;
  private final CheckpointStore store;
  private boolean hasRows;

  /** Tables in the order they were made. */
  StateRestore(
      StateScope scope,
      BottomStore bottom,
      Map<TableDescriptor<?, ?>, BottomTable<?, ?>> tables,
      CheckpointStore store) {
    this.scope = scope;
    this.bottom = bottom;
    this.tables = tables;
    this.store = store;
  }

  /** Restores all parts; gives the files to go on from. */
  StateFiles restore(List<StagePart> parts) {
    IntToLongFunction applied =
        parts.isEmpty()
            ? keyGroup -> BottomStore.NOTHING
            : bottom.restoreBase(table -> matching("the base of the checkpoint", table));
    Map<FileRef, Boolean> files = new LinkedHashMap<>();
    for (StagePart part : parts) {
      if (overlaps(part, parts.size())) {
        checkOrder(part);
        part.files().forEach(file -> files.putIfAbsent(file, mayComeAfterNothing(file, part)));
      }
    }
    List<FileRef> inOrder = new ArrayList<>(files.keySet());
    inOrder.sort(Comparator.comparingLong(FileRef::checkpointId));
    for (FileRef file : inOrder) {
      if (isMissingSomewhere(file, applied)) {
        boolean needsBase = files.get(file);
        store.read(file, in -> restore(file, needsBase, applied, in));
      }
    }
    return new StateFiles(inOrder);
  }

  /** The first file of a part that no base lies below must stand alone. */
  private static boolean mayComeAfterNothing(FileRef file, StagePart part) {
    return part.baseThrough() < 0 && file.equals(part.files().get(0));
  }

  private boolean isMissingSomewhere(FileRef file, IntToLongFunction applied) {
    boolean isMissing = false;
    for (int group = scope.firstKeyGroup(); group < scope.endKeyGroup(); group++) {
      boolean has = applied.applyAsLong(group) != BottomStore.NOTHING;
      hasRows |= has;
      isMissing |= applied.applyAsLong(group) < file.checkpointId();
    }
    return isMissing;
  }

  private void restore(
      FileRef file, boolean needsBase, IntToLongFunction applied, DataInputStream in)
      throws IOException {
    FileHeader header = FileHeader.readFrom(in);
    check(header.checkpointId() == file.checkpointId(), "a file of " + file.checkpointId(), header);
    check(!needsBase || header.isBase(), "a base", header);
    if (header.maxParallelism() != scope.maxParallelism()) {
      throw incompatible(
          file.location(),
          "it was written with "
              + header.maxParallelism()
              + " key groups, the job has "
              + scope.maxParallelism(),
          "Set max.parallelism back: it is fixed with the first checkpoint");
    }
    List<BottomTable<?, ?>> inOrder = new ArrayList<>();
    for (FileHeader.Table table : header.tables()) {
      inOrder.add(matching(file.location(), table));
    }
    IntPredicate isWanted =
        group -> scope.owns(group) && applied.applyAsLong(group) < header.checkpointId();
    if (header.isBase() && hasRows) {
      clear(header, isWanted);
    }
    new FileRowReader(header, in, file.bytes(), inOrder).restore(isWanted);
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
            "expected a file of a checkpoint after " + last.checkpointId(),
            "The manifest is wrong: put the right one back");
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

  private BottomTable<?, ?> matching(String file, FileHeader.Table written) {
    for (Map.Entry<TableDescriptor<?, ?>, BottomTable<?, ?>> entry : tables.entrySet()) {
      FileHeader.Table declared = FileHeader.Table.of(entry.getKey());
      if (declared.equals(written)) {
        return entry.getValue();
      }
      if (declared.name().equals(written.name())) {
        throw incompatible(
            file,
            "table '"
                + written.name()
                + "' was written as "
                + describe(written)
                + ", the pipeline now declares it as "
                + describe(declared),
            "Keep the types of keys and values, or give the new state a new name");
      }
    }
    throw incompatible(
        file,
        "it holds table '"
            + written.name()
            + "' as "
            + describe(written)
            + ", which the pipeline no longer declares",
        "Declare the state again");
  }

  private static String describe(FileHeader.Table table) {
    return (table.isTimed() ? "timed " : "") + table.keySchema() + " -> " + table.valueSchema();
  }

  private RestoreException incompatible(String file, String found, String advice) {
    return new RestoreException(
        "State of stage '"
            + scope.stage()
            + "' cannot be restored from "
            + file
            + ": "
            + found
            + ". "
            + advice
            + ".");
  }
}
