package dev.weir.internal.state.heap;

class ReferenceRowTest extends VersionedRowContract {
  @Override
  VersionedRow<String, Integer> row(int hash, String key, Integer value, int epoch) {
    return new ReferenceRow<>(hash, key, value, epoch);
  }
}
