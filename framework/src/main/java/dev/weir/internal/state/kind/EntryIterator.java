package dev.weir.internal.state.kind;

import dev.weir.internal.key.EntryKey;
import dev.weir.internal.state.StateTable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;

/** Shows the entries of a walk that have not expired. Confined to the task's thread. */
final class EntryIterator<O, V, R, T> implements Iterator<T> {
  private final StateTable<EntryKey<O>, R> table;
  private final StateTable.Scan<EntryKey<O>, R> scan;
  private final Lifetime<V, R> lifetime;
  private final BiFunction<EntryKey<O>, V, T> shown;
  private V next;
  private EntryKey<O> last;

  EntryIterator(
      StateTable<EntryKey<O>, R> table,
      StateTable.Scan<EntryKey<O>, R> scan,
      Lifetime<V, R> lifetime,
      BiFunction<EntryKey<O>, V, T> shown) {
    this.table = table;
    this.scan = scan;
    this.lifetime = lifetime;
    this.shown = shown;
  }

  @Override
  public boolean hasNext() {
    while (next == null && scan.next()) {
      next = lifetime.live(scan.value());
      if (next != null && lifetime.isRenewedByReads()) {
        table.put(0, scan.key(), lifetime.kept(next));
      }
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There is no entry behind the last one; ask hasNext first");
    }
    V value = next;
    next = null;
    last = scan.key();
    return shown.apply(last, value);
  }

  @Override
  public void remove() {
    if (last == null) {
      throw new IllegalStateException("There is no entry to remove: call next first, and once");
    }
    table.remove(0, last);
    last = null;
  }
}
