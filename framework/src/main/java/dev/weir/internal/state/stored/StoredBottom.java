package dev.weir.internal.state.stored;

import dev.weir.internal.state.BottomStore;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/** The bottom of tables that are only looked at. Confined to a thread. */
final class StoredBottom implements BottomStore {
  private final StateScope scope;
  private final Optional<StateStore.SavedRows> base;

  StoredBottom(StateScope scope, Optional<StateStore.SavedRows> base) {
    this.scope = scope;
    this.base = base;
  }

  @Override
  public <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor) {
    throw new IllegalStateException("Tables that are only looked at are made by StoredState");
  }

  @Override
  public IntToLongFunction restoreBase(MatchingTables matching) {
    return base.map(rows -> rows.restoreInto(scope, matching)).orElse(keyGroup -> NOTHING);
  }

  @Override
  public void restored() {}

  @Override
  public Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers) {
    throw new IllegalStateException("No job works on what is only looked at");
  }

  @Override
  public void close() {}
}
