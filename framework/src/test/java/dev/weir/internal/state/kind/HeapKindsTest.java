package dev.weir.internal.state.kind;

import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.heap.HeapStateStore;
import dev.weir.internal.state.rocksdb.RocksBaseRows;

class HeapKindsTest extends RescaleContract {
  @Override
  protected StateStore openStore() {
    return new HeapStateStore(RocksBaseRows::open);
  }
}
