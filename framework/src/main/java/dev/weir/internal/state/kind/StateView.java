package dev.weir.internal.state.kind;

import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.KeyedStateBackend;
import dev.weir.internal.state.StateTable;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.job.ReadLevel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A backend as queries see it: tables to be looked at only, each for those who know its types.
 * Valid within one call on the task's thread.
 */
public final class StateView implements KeyedStateBackend {
  private final String stage;
  private final Map<String, Seen> tables = new TreeMap<>();

  /** Of these tables, which may only be looked at. */
  public StateView(String stage, Map<TableDescriptor<?, ?>, StateTable<?, ?>> tables) {
    this.stage = stage;
    tables.forEach((each, table) -> this.tables.put(each.name(), new Seen(each, table)));
  }

  /** A table and what it is. */
  private record Seen(TableDescriptor<?, ?> descriptor, StateTable<?, ?> table) {}

  @Override
  @SuppressWarnings("unchecked") // Whoever asks names the types that the table has.
  public <K, V> StateTable<K, V> table(TableDescriptor<K, V> asked) {
    Seen seen = tables.get(asked.name());
    if (seen == null) {
      throw new IllegalArgumentException(
          "Stage '"
              + stage
              + "' was asked for state '"
              + asked.name()
              + "' and has "
              + tables.keySet()
              + ". Ask with a descriptor that its function declares.");
    }
    FileHeader.Table declared = FileHeader.Table.of(seen.descriptor());
    if (!declared.equals(FileHeader.Table.of(asked))) {
      throw new IllegalArgumentException(
          "State '"
              + asked.name()
              + "' of stage '"
              + stage
              + "' was asked for with values "
              + asked.valueSerializer().schema()
              + ", it has "
              + declared.valueSchema()
              + ". Ask with the descriptor that its function declares.");
    }
    return (StateTable<K, V>) seen.table();
  }

  @Override
  public Map<TableDescriptor<?, ?>, StateTable<?, ?>> view(ReadLevel level) {
    throw onlyLooks();
  }

  @Override
  public void restore(List<StagePart> parts, CheckpointStore store) {
    throw onlyLooks();
  }

  @Override
  public FrozenState freeze(long checkpointId) {
    throw onlyLooks();
  }

  @Override
  public void completed(long checkpointId) {
    throw onlyLooks();
  }

  @Override
  public void settle() {
    throw onlyLooks();
  }

  @Override
  public boolean sinkSome() {
    throw onlyLooks();
  }

  private static UnsupportedOperationException onlyLooks() {
    return new UnsupportedOperationException("A query looks at tables and does nothing else");
  }

  @Override
  public void close() {}
}
