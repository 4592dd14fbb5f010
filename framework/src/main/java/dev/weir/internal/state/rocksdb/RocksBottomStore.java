package dev.weir.internal.state.rocksdb;

import dev.weir.internal.snapshot.CheckpointManifest;
import dev.weir.internal.snapshot.Lineage;
import dev.weir.internal.snapshot.SharedBase;
import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * The bottom of one backend. Confined to the task's thread; layers sink on I/O threads, in order.
 */
final class RocksBottomStore implements BottomStore {
  private final RocksContext context;
  private final StateScope scope;
  private final SinkQueue queue;
  private final List<RocksBottomTable<?, ?>> tables = new ArrayList<>();
  private final List<FileHeader.Table> written = new ArrayList<>();
  private final Batch restoring;
  private long unsunk;
  private boolean isRestored;
  private boolean isClosed;

  RocksBottomStore(RocksContext context, StateScope scope) {
    this.context = context;
    this.scope = scope;
    this.queue = new SinkQueue(context.io());
    this.restoring = context.batch();
  }

  @Override
  public <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor) {
    RocksBottomTable<K, V> table = new RocksBottomTable<>(context, scope, descriptor, restoring);
    tables.add(table);
    written.add(FileHeader.Table.of(descriptor));
    return table;
  }

  /**
   * Rows that were written the same way, under this name, are in place; others are written anew.
   */
  @Override
  public IntToLongFunction restoreBase(MatchingTables matching) {
    tables.forEach(RocksBottomTable::mayHaveRows);
    StateStore.Origin origin = context.origin();
    boolean isRenamed = !origin.writtenName(scope.stage()).equals(scope.stage());
    return new StoredRows(context.local(), context.marks(), origin::writtenName)
        .restoreInto(scope, matching, table -> !isRenamed && written.contains(table));
  }

  @Override
  public void restored() {
    CheckpointManifest manifest = context.origin().manifest().orElse(null);
    if (manifest != null) {
      mark(manifest.checkpointId(), context.origin().restoredRun(), restoring);
    }
    restoring.flush();
    closeRestoring();
    context
        .bases()
        .sunk(scope.stage(), scope.subtask(), manifest == null ? NOTHING : manifest.checkpointId());
  }

  private void mark(long checkpointId, Lineage.Run run, Batch batch) {
    FileHeader header =
        new FileHeader(
            true,
            scope.stage(),
            checkpointId,
            scope.firstKeyGroup(),
            scope.endKeyGroup(),
            scope.maxParallelism(),
            written);
    Marks.Mark mark = new Marks.Mark(run, scope.attempt(), header);
    batch.put(context.local().marks(), Marks.keyOf(header), Marks.encode(mark));
  }

  private void closeRestoring() {
    if (!isRestored) {
      isRestored = true;
      restoring.close();
    }
  }

  @Override
  public boolean sharesBase() {
    return true;
  }

  @Override
  public boolean keepsRestoredBase() {
    return context.origin().keepsBase();
  }

  @Override
  public long baseThrough() {
    return context.bases().newest().map(SharedBase::through).orElse(NOTHING);
  }

  @Override
  public Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    return queue.add(() -> write(checkpointId, layers));
  }

  @Override
  public void awaitSunk() {
    queue.awaitEmpty();
  }

  @Override
  public double share(long unsunkBytes) {
    long all = context.unsunk().addAndGet(unsunkBytes - unsunk);
    unsunk = unsunkBytes;
    return (double) all / context.settings().memory().unsunkBytes();
  }

  private void write(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    context.bases().sinking(checkpointId);
    try (Batch batch = context.batch()) {
      layers.forEach(layer -> sink(layer, batch));
      mark(checkpointId, context.origin().run(), batch);
      batch.flush();
    }
    context.bases().sunk(scope.stage(), scope.subtask(), checkpointId);
  }

  private static <K, V> void sink(SinkingLayer<K, V> sinking, Batch batch) {
    ((RocksBottomTable<K, V>) sinking.table()).sink(sinking.layer(), batch);
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    share(0);
    queue.awaitEmpty();
    closeRestoring();
  }
}
