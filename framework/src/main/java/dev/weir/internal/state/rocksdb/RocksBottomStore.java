package dev.weir.internal.state.rocksdb;

import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.TableDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * The bottom of one backend. Confined to the task's thread; layers sink on I/O threads, in order.
 */
final class RocksBottomStore implements BottomStore {
  private final RocksContext context;
  private final StateScope scope;
  private final SinkQueue queue;
  private final List<RocksBottomTable<?, ?>> tables = new ArrayList<>();
  private final Batch restoring;
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
    return table;
  }

  @Override
  public void restored() {
    restoring.flush();
    closeRestoring();
  }

  private void closeRestoring() {
    if (!isRestored) {
      isRestored = true;
      restoring.close();
    }
  }

  @Override
  public Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    return queue.add(() -> write(layers));
  }

  private void write(List<SinkingLayer<?, ?>> layers) {
    try (Batch batch = context.batch()) {
      layers.forEach(layer -> add(layer, batch));
      batch.flush();
    }
  }

  private static <K, V> void add(SinkingLayer<K, V> sinking, Batch batch) {
    ((RocksBottomTable<K, V>) sinking.table()).add(sinking.layer(), batch);
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    queue.awaitEmpty();
    closeRestoring();
    tables.forEach(RocksBottomTable::close);
  }
}
