package dev.weir.internal.state;

class HeapStateStoreTest extends StateFilesContract {
  @Override
  protected StateStore openStore() {
    return StateStore.heap();
  }
}
