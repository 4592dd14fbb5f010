package dev.weir.testing.contract;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.SnapshotStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotStoreTest implements SnapshotStoreContract {
  @TempDir private Path folder;

  @Override
  public SnapshotStore openStore() {
    return SnapshotStores.open(folder.resolve("job").toUri(), new FileDisk(), CrashPoint.Hook.NONE);
  }
}
