package dev.weir.internal.state;

import java.util.List;

/**
 * Keeps the lowest layer on the heap. Confined to the task's thread, and walked over while still.
 */
final class HeapBottomStore implements BottomStore {
  private final StateScope scope;

  HeapBottomStore(StateScope scope) {
    this.scope = scope;
  }

  @Override
  public <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor) {
    return new HeapBottomTable<>(descriptor, scope);
  }

  @Override
  public void restored() {}

  @Override
  public Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    layers.forEach(HeapBottomStore::absorb);
    return Sinking.DONE;
  }

  private static <K, V> void absorb(SinkingLayer<K, V> sinking) {
    ((HeapBottomTable<K, V>) sinking.table()).absorb(sinking.layer());
  }

  @Override
  public void close() {}
}
