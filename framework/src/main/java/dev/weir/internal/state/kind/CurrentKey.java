package dev.weir.internal.state.kind;

/** The key whose state handles read and write. Confined to the task's thread. */
final class CurrentKey<K> {
  private K key;

  void begin(K next) {
    key = next;
  }

  K get() {
    return key;
  }
}
