package dev.weir.internal.state;

class HeapStateEvolutionTest extends StateEvolutionContract {
  @Override
  protected StateStore openStore() {
    return StateStore.heap();
  }
}
