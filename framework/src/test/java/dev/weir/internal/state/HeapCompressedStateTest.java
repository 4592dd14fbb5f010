package dev.weir.internal.state;

import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;

class HeapCompressedStateTest extends CompressedStateContract {
  @Override
  protected StateStore openStore() {
    return new HeapStateStore(RocksBaseRows::open);
  }
}
