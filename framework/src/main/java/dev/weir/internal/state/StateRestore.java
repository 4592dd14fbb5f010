package dev.weir.internal.state;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.SnapshotStore;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the parts of a stage's state and keeps the rows of one task's key groups. One I/O thread,
 * one use.
 */
final class StateRestore {
  private final StateScope scope;
  private final Map<TableDescriptor<?, ?>, BottomTable<?, ?>> tables;
  private final SnapshotStore store;
  private FileHeader last;
  private boolean isOneTasks = true;
  private StateFiles files = StateFiles.NONE;

  /** Tables in the order they were made. */
  StateRestore(
      StateScope scope, Map<TableDescriptor<?, ?>, BottomTable<?, ?>> tables, SnapshotStore store) {
    this.scope = scope;
    this.tables = tables;
    this.store = store;
  }

  /** Restores all parts; gives the files to go on from, none if a new base must be taken first. */
  StateFiles restore(List<List<FileRef>> parts) {
    for (List<FileRef> part : parts) {
      last = null;
      for (FileRef file : part) {
        store.read(file, in -> restore(file, in));
      }
    }
    return isOneTasks ? files : StateFiles.NONE;
  }

  private void restore(FileRef file, DataInputStream in) throws IOException {
    FileHeader header = FileHeader.readFrom(in);
    checkOrder(header);
    last = header;
    if (header.maxParallelism() != scope.maxParallelism()) {
      throw incompatible(
          file,
          "it was written with "
              + header.maxParallelism()
              + " key groups, the job has "
              + scope.maxParallelism(),
          "Set max.parallelism back: it is fixed with the first checkpoint");
    }
    List<BottomTable<?, ?>> inOrder = new ArrayList<>();
    for (FileHeader.Table table : header.tables()) {
      inOrder.add(matching(file, table));
    }
    if (!overlaps(header)) {
      in.transferTo(OutputStream.nullOutputStream());
      return;
    }
    new FileRowReader(header, in, file.bytes(), inOrder).restoreInto(scope);
    isOneTasks &=
        header.firstKeyGroup() == scope.firstKeyGroup()
            && header.endKeyGroup() == scope.endKeyGroup();
    files = files.with(file);
  }

  private boolean overlaps(FileHeader header) {
    return header.firstKeyGroup() < scope.endKeyGroup()
        && scope.firstKeyGroup() < header.endKeyGroup();
  }

  /** A part is one base and then deltas, of rising checkpoints and the same key groups. */
  private void checkOrder(FileHeader header) throws StreamCorruptedException {
    boolean follows =
        last == null
            ? header.isBase()
            : !header.isBase()
                && header.checkpointId() > last.checkpointId()
                && header.firstKeyGroup() == last.firstKeyGroup()
                && header.endKeyGroup() == last.endKeyGroup();
    if (!follows) {
      throw new StreamCorruptedException(
          "expected "
              + (last == null ? "a base" : "a delta behind checkpoint " + last.checkpointId())
              + ", found a "
              + (header.isBase() ? "base" : "delta")
              + " of checkpoint "
              + header.checkpointId());
    }
  }

  private BottomTable<?, ?> matching(FileRef file, FileHeader.Table written) {
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

  private RestoreException incompatible(FileRef file, String found, String advice) {
    return new RestoreException(
        "State of stage '"
            + scope.stage()
            + "' cannot be restored from "
            + file.location()
            + ": "
            + found
            + ". "
            + advice
            + ".");
  }
}
