package dev.weir.internal.state;

import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;

class HeapStateEvolutionTest extends StateEvolutionContract {
  @Override
  protected StateStore openStore() {
    return new HeapStateStore(RocksBaseRows::open);
  }
}
