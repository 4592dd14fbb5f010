package dev.weir.internal.state;

import dev.weir.internal.base.Checks;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.job.ReadLevel;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables over a bottom. Cuts wait in a queue, oldest first, until their checkpoint is completed;
 * then their layers sink, some rows at a time. While an I/O thread walks over the bottom to write a
 * new base nothing sinks. Confined to the task's thread after the restore; what it does at a
 * barrier and at a completion is written without streams, since the first of each would be felt:
 * the JVM takes milliseconds to link lambdas.
 */
public final class LayeredBackend implements KeyedStateBackend {
  private static final long NONE = -1;
  private static final double MUCH = 0.5;
  private static final int LEAST_ROWS = 512;

  private final StateScope scope;
  private final BottomStore bottom;
  private final Map<TableDescriptor<?, ?>, BottomTable<?, ?>> bottomTables = new LinkedHashMap<>();
  private final List<Table<?, ?>> tables = new ArrayList<>();
  private final SnapshotChain chain = new SnapshotChain();
  private final Deque<StateCut> cuts = new ArrayDeque<>();
  private boolean isRestored;
  private long lastCut = NONE;
  private long completed = NONE;
  private int dirtyRows;

  /** A backend that owns its bottom. */
  public LayeredBackend(StateScope scope, BottomStore bottom) {
    this.scope = scope;
    this.bottom = bottom;
  }

  @Override
  public <K, V> StateTable<K, V> table(TableDescriptor<K, V> descriptor) {
    Checks.state(!isRestored, "Table %s must be made before the restore", descriptor.name());
    Checks.argument(
        bottomTables.keySet().stream().noneMatch(t -> t.name().equals(descriptor.name())),
        "Stage %s has two tables named %s",
        scope.stage(),
        descriptor.name());
    BottomTable<K, V> bottomTable = bottom.table(descriptor);
    Table<K, V> table = bottomTable.forTask(descriptor, scope.maxParallelism());
    bottomTables.put(descriptor, bottomTable);
    tables.add(table);
    return table;
  }

  @Override
  public void restore(List<StagePart> parts, CheckpointStore store) {
    Checks.state(!isRestored, "Stage %s is restored already", scope.stage());
    isRestored = true;
    chain.restored(new StateRestore(scope, bottom, bottomTables, store).restore(parts));
    bottom.restored();
    tables.forEach(Table::restored);
  }

  @Override
  public FrozenState freeze(long checkpointId) {
    Checks.state(isRestored, "Stage %s must be restored first, if from nothing", scope.stage());
    Checks.argument(
        checkpointId > lastCut, "Checkpoint %s must come after %s", checkpointId, lastCut);
    forgetSunk();
    List<Cut> frozen = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      frozen.add(tables.get(i).freeze(i));
    }
    StateCut cut = new StateCut(scope, checkpointId, lastCut, frozen, chain, bottom);
    cuts.add(cut);
    lastCut = checkpointId;
    return cut;
  }

  @Override
  public void completed(long checkpointId) {
    completed = Math.max(completed, checkpointId);
    for (StateCut cut : cuts) {
      if (cut.checkpointId() <= completed) {
        cut.checkWritten();
      }
    }
    tellUndecided();
    letSink();
  }

  /** Nothing does as long as somebody walks over the bottom. */
  private boolean letSink() {
    forgetSunk();
    for (StateCut cut : cuts) {
      if (cut.needsBottom()) {
        return false;
      }
    }
    for (StateCut cut : cuts) {
      if (cut.checkpointId() <= completed && !cut.isSinking()) {
        cut.sink();
      }
    }
    forgetSunk();
    return !cuts.isEmpty();
  }

  @Override
  public void settle() {
    letSink();
    while (sinkRows(Integer.MAX_VALUE)) {
      tables.forEach(Table::sinking);
    }
    bottom.awaitSunk();
    forgetSunk();
    Checks.state(
        cuts.isEmpty() && tables.stream().allMatch(Table::isUnchanged),
        "Stage %s, subtask %s: state was changed behind the barrier of checkpoint %s",
        scope.stage(),
        scope.subtask(),
        lastCut);
  }

  /** Twice what has come since: so layers sink faster than they come, however fast that is. */
  @Override
  public boolean sinkSome() {
    int added = newRows();
    return sinkSome(LEAST_ROWS + 2 * added);
  }

  /** How many rows have become dirty since the last time. */
  private int newRows() {
    int before = dirtyRows;
    dirtyRows = 0;
    for (Table<?, ?> table : tables) {
      dirtyRows += table.dirtyRows();
    }
    return dirtyRows < before ? dirtyRows : dirtyRows - before;
  }

  boolean sinkSome(int rows) {
    if (cuts.isEmpty() || !letSink() || !sinkRows(rows)) {
      return false;
    }
    for (Table<?, ?> table : tables) {
      table.sinking();
    }
    forgetSunk();
    return true;
  }

  private boolean sinkRows(int rows) {
    boolean hasSunk = bottom.sinkSome(rows);
    for (Table<?, ?> table : tables) {
      hasSunk |= table.sinkSome(rows);
    }
    return hasSunk;
  }

  @Override
  public boolean wantsCheckpoint() {
    return share() > MUCH && !isSinking();
  }

  @Override
  public boolean isFull() {
    return !cuts.isEmpty() && share() > 1 && isSinking();
  }

  /** Which layers belong to cuts whose checkpoint is not completed. */
  private void tellUndecided() {
    for (int i = 0; i < tables.size(); i++) {
      int undecided = 0;
      for (StateCut cut : cuts) {
        boolean isOpen = cut.checkpointId() > completed;
        undecided += isOpen && cut.tables().get(i).isChanged() ? 1 : 0;
      }
      tables.get(i).undecided(undecided);
    }
  }

  @Override
  public Map<TableDescriptor<?, ?>, StateTable<?, ?>> view(ReadLevel level) {
    Map<TableDescriptor<?, ?>, StateTable<?, ?>> views = new LinkedHashMap<>();
    tables.forEach(table -> views.put(table.descriptor(), table.view(level)));
    return views;
  }

  /** Whether changes are on their way down, or wait for their checkpoint. */
  private boolean isSinking() {
    forgetSunk();
    return !cuts.isEmpty();
  }

  private double share() {
    long bytes = 0;
    for (Table<?, ?> table : tables) {
      bytes += table.unsunkBytes();
    }
    return bottom.share(bytes);
  }

  private void forgetSunk() {
    while (!cuts.isEmpty() && cuts.peek().isSunk()) {
      List<Cut> sunk = cuts.remove().tables();
      for (int i = 0; i < tables.size(); i++) {
        if (sunk.get(i).isChanged()) {
          tables.get(i).sunk(sunk.get(i));
        }
      }
    }
  }

  @Override
  public void close() {
    bottom.close();
  }

  /** A table as its task and this backend see it. Confined to the task's thread. */
  public interface Table<K, V> extends StateTable<K, V> {
    /** What it is. */
    TableDescriptor<K, V> descriptor();

    /** What was restored is complete. */
    void restored();

    /** Cuts the table: what has changed is frozen, and the next changes are told apart from it. */
    Cut freeze(int index);

    /** Learns how many of the newest cuts with changes are not of a completed checkpoint. */
    void undecided(int cuts);

    /** The table for those who only look, as it is now. */
    StateTable<K, V> view(ReadLevel level);

    /** Tells that rows have moved down. */
    void sinking();

    /** Brings down so many rows itself; false: there is nothing, or the bottom does it. */
    default boolean sinkSome(int rows) {
      return false;
    }

    /** This cut, the oldest one with changes, has sunk. */
    void sunk(Cut cut);

    /** Whether the bottom has it all. */
    boolean isUnchanged();

    /** An estimate of what the rows above the bottom take of the heap. */
    long unsunkBytes();

    /** How many rows have changed since the last cut. */
    int dirtyRows();
  }

  /** A table as it was at a barrier. Written by an I/O thread, all else is the task's. */
  public interface Cut {
    /** What it is. */
    TableDescriptor<?, ?> descriptor();

    /** Whether rows were written since the cut before. */
    boolean isChanged();

    /** Whether there is anything to write of what changed since the cut before. */
    boolean hasChanges();

    /** Whether there is a live row. */
    boolean hasLiveRow();

    /** Writes every live row. */
    void writeAll(FileRows rows, int maxParallelism) throws IOException;

    /** Writes what changed since the cut before. */
    void writeChanges(FileRows rows, int maxParallelism) throws IOException;

    /** Adds what may sink into the bottom once the checkpoint is completed. */
    void addSinking(List<BottomStore.SinkingLayer<?, ?>> layers);

    /** Its changes may go down, where the table does it itself. */
    default void sink() {}

    /** Whether they have. */
    default boolean isSunk() {
      return true;
    }
  }
}
