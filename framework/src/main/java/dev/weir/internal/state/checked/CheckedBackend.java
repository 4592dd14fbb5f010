package dev.weir.internal.state.checked;

import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.job.ReadLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A backend whose tables remember what goes in and out, and which looks at each barrier, and again
 * when its checkpoint is completed, whether that is still the same. Threads as for the backend.
 */
public final class CheckedBackend implements KeyedStateBackend {
  private final String stage;
  private final KeyedStateBackend backend;
  private final List<LentValues<?, ?>> tables = new ArrayList<>();

  /** Puts itself before the backend of a stage. */
  public CheckedBackend(String stage, KeyedStateBackend backend) {
    this.stage = stage;
    this.backend = backend;
  }

  @Override
  public <K, V> StateTable<K, V> table(TableDescriptor<K, V> descriptor) {
    LentValues<K, V> lent = new LentValues<>(stage, descriptor);
    tables.add(lent);
    return new CheckedTable<>(backend.table(descriptor), lent);
  }

  @Override
  public void restore(List<StagePart> parts, CheckpointStore store) {
    backend.restore(parts, store);
  }

  @Override
  public FrozenState freeze(long checkpointId) {
    tables.forEach(LentValues::freeze);
    return backend.freeze(checkpointId);
  }

  @Override
  public void completed(long checkpointId) {
    tables.forEach(LentValues::completed);
    backend.completed(checkpointId);
  }

  @Override
  public Map<TableDescriptor<?, ?>, StateTable<?, ?>> view(ReadLevel level) {
    return backend.view(level);
  }

  @Override
  public void settle() {
    backend.settle();
  }

  @Override
  public boolean sinkSome() {
    return backend.sinkSome();
  }

  @Override
  public boolean wantsCheckpoint() {
    return backend.wantsCheckpoint();
  }

  @Override
  public boolean isFull() {
    return backend.isFull();
  }

  @Override
  public void close() {
    backend.close();
  }
}
