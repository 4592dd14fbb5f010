package dev.weir.internal.state;

import dev.weir.internal.state.rocksdb.RocksBaseRows;

class HeapStateStoreTest extends StateFilesContract {
  @Override
  protected StateStore openStore() {
    return StateStore.heap(RocksBaseRows::open);
  }
}
