package dev.weir.testing.contract;

import dev.weir.connector.SnapshotStore;
import dev.weir.internal.base.CrashPoint;
import dev.weir.internal.snapshot.FileDisk;
import dev.weir.internal.snapshot.SnapshotStores;
import java.net.URI;
import java.util.UUID;

class MemorySnapshotStoreTest implements SnapshotStoreContract {
  private final URI uri = URI.create("memory:" + UUID.randomUUID());

  @Override
  public SnapshotStore openStore() {
    return SnapshotStores.open(uri, new FileDisk(), CrashPoint.Hook.NONE);
  }
}
