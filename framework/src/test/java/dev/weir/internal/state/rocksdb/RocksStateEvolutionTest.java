package dev.weir.internal.state.rocksdb;

import dev.weir.internal.state.StateEvolutionContract;
import dev.weir.internal.state.StateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksStateEvolutionTest extends StateEvolutionContract {
  @TempDir private Path directory;

  @Override
  protected StateStore openStore() {
    return RocksStateStore.open(directory);
  }
}
