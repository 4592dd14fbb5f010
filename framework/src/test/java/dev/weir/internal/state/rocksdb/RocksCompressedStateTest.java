package dev.weir.internal.state.rocksdb;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.state.CompressedStateContract;
import dev.weir.internal.state.StateStore;

class RocksCompressedStateTest extends CompressedStateContract {
  @Override
  protected StateStore openStore() {
    return RocksStateStore.inTemporary(
        new RocksStateStore.Engine(
            Runnable::run,
            CrashPoint.Hook.NONE,
            failure -> {
              throw new AssertionError(failure);
            }));
  }
}
