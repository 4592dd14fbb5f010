package dev.weir.internal.state;

import dev.weir.internal.state.rocksdb.RocksBaseRows;

class HeapStateEvolutionTest extends StateEvolutionContract {
  @Override
  protected StateStore openStore() {
    return StateStore.heap(RocksBaseRows::open);
  }
}
