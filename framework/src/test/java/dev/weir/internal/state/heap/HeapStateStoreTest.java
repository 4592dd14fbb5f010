package dev.weir.internal.state.heap;

import dev.weir.internal.state.StateFilesContract;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;

class HeapStateStoreTest extends StateFilesContract {
  @Override
  protected StateStore openStore() {
    return new HeapStateStore(RocksBaseRows::open);
  }
}
