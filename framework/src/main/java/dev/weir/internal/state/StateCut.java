package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.snapshot.FileRef;
import dev.weir.internal.snapshot.StatePack;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a backend at a barrier. Made and let sink by the task's thread, written by an I/O
 * thread.
 */
final class StateCut implements KeyedStateBackend.FrozenState {
  private final StateScope scope;
  private final long checkpointId;
  private final long previousCut;
  private final List<LayeredBackend.Cut> tables;
  private final SnapshotChain chain;
  private final BottomStore bottom;
  private final boolean isBase;
  private volatile boolean isWritten;
  private BottomStore.Sinking sinking;

  StateCut(
      StateScope scope,
      long checkpointId,
      long previousCut,
      List<LayeredBackend.Cut> tables,
      SnapshotChain chain,
      BottomStore bottom) {
    this.scope = scope;
    this.checkpointId = checkpointId;
    this.previousCut = previousCut;
    this.tables = List.copyOf(tables);
    this.chain = chain;
    this.bottom = bottom;
    this.isBase = bottom.sharesBase() ? chain.wantsFirst(bottom) : chain.wantsBase();
  }

  long checkpointId() {
    return checkpointId;
  }

  List<LayeredBackend.Cut> tables() {
    return tables;
  }

  @Override
  public List<FileRef> write(StatePack pack) {
    StateFiles files = write(pack, chain.filesOf(previousCut).after(bottom.baseThrough()));
    chain.written(checkpointId, files);
    isWritten = true;
    return files.files();
  }

  private StateFiles write(StatePack pack, StateFiles before) {
    boolean isNew = isBase && before.files().isEmpty();
    boolean isNeeded =
        isNew
            ? tables.stream().anyMatch(LayeredBackend.Cut::hasLiveRow)
            : tables.stream().anyMatch(LayeredBackend.Cut::hasChanges);
    if (!isNeeded) {
      return before;
    }
    String name = scope.stage() + "-" + scope.subtask() + (isBase ? ".base" : ".delta");
    FileRef file = pack.write(name, this::writeTo);
    return isBase ? StateFiles.NONE.with(file) : before.with(file);
  }

  private void writeTo(DataOutputStream out) throws IOException {
    new FileHeader(
            isBase,
            scope.stage(),
            checkpointId,
            scope.firstKeyGroup(),
            scope.endKeyGroup(),
            scope.maxParallelism(),
            tables.stream().map(table -> FileHeader.Table.of(table.descriptor())).toList())
        .writeTo(out);
    FileRows rows = new FileRows(out);
    for (LayeredBackend.Cut table : tables) {
      if (isBase) {
        table.writeAll(rows, scope.maxParallelism());
      } else {
        table.writeChanges(rows, scope.maxParallelism());
      }
    }
    rows.finish();
  }

  /** Whether an I/O thread may be walking over the bottom. */
  boolean needsBottom() {
    return isBase && !isWritten;
  }

  /** A checkpoint is completed only after all of it was written. */
  void checkWritten() {
    Checks.state(
        isWritten,
        "Checkpoint %s of stage %s is completed but its state was never written",
        checkpointId,
        scope.stage());
  }

  void sink() {
    List<BottomStore.SinkingLayer<?, ?>> layers = new ArrayList<>();
    for (LayeredBackend.Cut table : tables) {
      table.addSinking(layers);
    }
    sinking = bottom.sink(checkpointId, List.copyOf(layers));
    for (LayeredBackend.Cut table : tables) {
      table.sink();
    }
  }

  boolean isSinking() {
    return sinking != null;
  }

  boolean isSunk() {
    boolean isSunk = sinking != null && sinking.isDone();
    for (int i = 0; isSunk && i < tables.size(); i++) {
      isSunk = tables.get(i).isSunk();
    }
    return isSunk;
  }
}
