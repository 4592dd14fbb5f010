package dev.weir.internal.state.kind;

import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.rocksdb.RocksStateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksKindsTest extends RescaleContract {
  @TempDir private Path directory;

  @Override
  protected StateStore openStore() {
    return RocksStateStore.in(
        directory,
        new RocksStateStore.Engine(
            Runnable::run,
            CrashPoint.Hook.NONE,
            failure -> {
              throw new AssertionError(failure);
            },
            0));
  }
}
