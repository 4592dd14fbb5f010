package dev.weir.internal.state.stored;

import dev.weir.error.RestoreException;
import dev.weir.internal.snapshot.CheckpointStore;
import dev.weir.internal.snapshot.StagePart;
import dev.weir.internal.state.BottomTable;
import dev.weir.internal.state.FileHeader;
import dev.weir.internal.state.StateRestore;
import dev.weir.internal.state.StateScope;
import dev.weir.internal.state.StateStore;
import dev.weir.internal.state.TableDescriptor;
import dev.weir.schema.Schema;
import dev.weir.serde.GenericValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The keyed state of one stage in a checkpoint. Confined to one thread. */
public final class StoredState {
  private final Map<String, List<FileHeader.Table>> tables;
  private final CheckpointStore store;
  private final Optional<StateStore.SavedRows> base;

  /**
   * State of a stage.
   *
   * @param written its tables, each as often as it was written in another way
   * @param store where its files are
   * @param base the base of RocksDB below them; stays open
   */
  public StoredState(
      Collection<FileHeader.Table> written,
      CheckpointStore store,
      Optional<StateStore.SavedRows> base) {
    this.tables =
        written.stream()
            .collect(
                Collectors.groupingBy(
                    FileHeader.Table::name, TreeMap::new, Collectors.toUnmodifiableList()));
    this.store = store;
    this.base = base;
  }

  /** Shows the rows of these key groups, table by table. */
  public void read(StateScope scope, List<StagePart> parts, RowVisitor visitor) {
    StoredBottom bottom = new StoredBottom(scope, base);
    Map<String, StoredTable> restored = new TreeMap<>();
    Map<TableDescriptor<?, ?>, BottomTable<?, ?>> declared = new LinkedHashMap<>();
    tables.forEach(
        (name, ways) -> {
          StoredTable table = new StoredTable(new WrittenValue.Serializer(valueSchemas(ways)));
          restored.put(name, table);
          declared.put(descriptor(name, ways), table);
        });
    new StateRestore(scope, bottom, declared, store).restoreRows(parts);
    restored.forEach((name, table) -> show(scope.stage(), table, tables.get(name), visitor));
  }

  private static TableDescriptor<byte[], WrittenValue> descriptor(
      String name, List<FileHeader.Table> ways) {
    FileHeader.Table newest = newest(ways);
    String windows =
        ways.stream().map(FileHeader.Table::windows).filter(w -> !w.isEmpty()).findAny().orElse("");
    return new TableDescriptor<>(
        name,
        newest.isTimed(),
        new WrittenValue.KeySerializer(newest.keySchema()),
        new WrittenValue.Serializer(valueSchemas(ways)),
        windows);
  }

  private static FileHeader.Table newest(List<FileHeader.Table> ways) {
    return ways.get(ways.size() - 1);
  }

  private static List<Schema> valueSchemas(List<FileHeader.Table> ways) {
    return ways.stream().map(FileHeader.Table::valueSchema).distinct().toList();
  }

  private static void show(
      String stage, StoredTable table, List<FileHeader.Table> ways, RowVisitor visitor) {
    FileHeader.Table newest = newest(ways);
    GenericValues keys = GenericValues.of(newest.keySchema());
    List<GenericValues> values = new ArrayList<>();
    valueSchemas(ways).forEach(schema -> values.add(GenericValues.of(schema)));
    table
        .all()
        .forEach(
            (place, value) -> {
              try {
                visitor.row(
                    newest.name(),
                    keys.decode(place.key()),
                    newest.isTimed() ? OptionalLong.of(place.time()) : OptionalLong.empty(),
                    values.get(value.schema()).decode(value.bytes()));
              } catch (IOException e) {
                throw unreadable(stage, newest.name(), e);
              }
            });
  }

  private static RestoreException unreadable(String stage, String table, IOException e) {
    return new RestoreException(
        "Tried to read table '"
            + table
            + "' of stage '"
            + stage
            + "' by the schema in its files, found bytes that do not fit it: "
            + e.getMessage()
            + ". Read it with the Weir version that wrote it.",
        e);
  }

  /** Sees rows. */
  @FunctionalInterface
  public interface RowVisitor {
    /** A row; the value is null where an optional is empty. */
    void row(String table, Object key, OptionalLong time, Object value);
  }
}
