package dev.weir.internal.state;

import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.row.RowLayer;
import dev.weir.schema.Change;
import dev.weir.schema.Mismatch;
import dev.weir.schema.Resolution;
import dev.weir.schema.ValueReader;
import dev.weir.serde.TypeSerializer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lowest layer of a backend: heap maps or RocksDB. */
public interface BottomStore extends AutoCloseable {
  /** Before every checkpoint. */
  long NOTHING = -1;

  /** Makes a table; before anything is restored. */
  <K, V> BottomTable<K, V> table(TableDescriptor<K, V> descriptor);

  /** What was restored is complete. */
  void restored();

  /**
   * Lets layers sink, all or none; on the task's thread. Goes on in the background, where the
   * layers stay as they are, or by {@link #sinkSome}; they are read above the bottom until it is
   * done. Those of one call come after those of the call before.
   *
   * @param checkpointId the completed checkpoint that they belong to
   * @param layers by table; none if nothing has changed; of several for the same one, the oldest
   *     first
   */
  Sinking sink(long checkpointId, List<SinkingLayer<?, ?>> layers);

  /**
   * Moves the next so many rows from the layers to the bottom, on the task's thread; false: there
   * is nothing left, or it happens in the background.
   */
  default boolean sinkSome(int rows) {
    return false;
  }

  /** Waits for what sinks in the background. */
  default void awaitSunk() {}

  /**
   * Brings in what the checkpoint's base has, which is the lowest part of what is restored; before
   * any file is.
   *
   * @param tables finds the table that rows written as another belong to
   * @return up to which checkpoint each key group has what files say
   */
  default IntToLongFunction restoreBase(MatchingTables tables) {
    return keyGroup -> NOTHING;
  }

  /** Whether it is saved as files of its own that tasks share, instead of by each task. */
  default boolean sharesBase() {
    return false;
  }

  /** Whether the checkpoints to come stand on the base that is restored. */
  default boolean keepsRestoredBase() {
    return sharesBase();
  }

  /**
   * The newest shared base that is durable has what files of checkpoints up to this one say; -1:
   * nothing. Thread-safe.
   */
  default long baseThrough() {
    return NOTHING;
  }

  /**
   * How much of the memory for rows that have not sunk is in use, by all tasks together; 1: all.
   *
   * @param unsunkBytes what this backend's take
   */
  default double share(long unsunkBytes) {
    return 0;
  }

  /** Releases memory and handles after waiting for what sinks. Idempotent. */
  @Override
  void close();

  /** Finds where rows go that were written as some table. */
  @FunctionalInterface
  interface MatchingTables {
    /**
     * Where the rows of a table as it was written go.
     *
     * @throws dev.weir.error.RestoreException if there is none that fits
     */
    Target<?, ?> of(FileHeader.Table written);
  }

  /** A layer on its way down. */
  record SinkingLayer<K, V>(BottomTable<K, V> table, RowLayer<K, V> layer) {}

  /** Layers on their way down. Confined to the task's thread. */
  @FunctionalInterface
  interface Sinking {
    /** Whether the bottom has it all; throws what went wrong. */
    boolean isDone();
  }

  /**
   * Where the rows of one table of a file go. Values that were written with another schema are read
   * with it and written anew, so that everything below knows the types of now only. Confined to one
   * I/O thread.
   */
  final class Target<K, V> {
    private final BottomTable<K, V> table;
    private final TypeSerializer<V> serializer;
    private final ValueReader<V> written;
    private final boolean isAsWritten;
    private final ByteInput input = new ByteInput();
    private final ByteOutput output = new ByteOutput(256);

    private Target(
        BottomTable<K, V> table, TypeSerializer<V> serializer, Resolution.Resolved<V> values) {
      this.table = table;
      this.serializer = serializer;
      this.written = values.reader();
      this.isAsWritten = values.change().compareTo(Change.NAMES) <= 0;
    }

    /** Fits a written table to the declared one, unless {@link #mismatches} says more. */
    static <K, V> Target<K, V> of(
        TableDescriptor<K, V> declared, BottomTable<K, V> table, FileHeader.Table written) {
      if (values(declared, written) instanceof Resolution.Resolved<V> readable) {
        return new Target<>(table, declared.valueSerializer(), readable);
      }
      throw new IllegalArgumentException("Table " + written.name() + " does not fit");
    }

    /**
     * Why a written table cannot be read as one that is declared, and what to do, in sentences
     * without the last full stop; empty: it can.
     */
    public static Optional<String> misfit(
        Collection<TableDescriptor<?, ?>> declared, FileHeader.Table written) {
      return declared.stream()
          .filter(table -> table.name().equals(written.name()))
          .findFirst()
          .map(table -> misfit(table, written))
          .orElseGet(
              () ->
                  Optional.of(
                      "it holds table '"
                          + written.name()
                          + "' with keys "
                          + written.keySchema()
                          + " and values "
                          + written.valueSchema()
                          + ", which the pipeline no longer declares. Declare the state again"));
    }

    private static Optional<String> misfit(
        TableDescriptor<?, ?> declared, FileHeader.Table written) {
      String table = "table '" + written.name() + "'";
      if (declared.isTimed() != written.isTimed()) {
        return Optional.of(
            table
                + (written.isTimed() ? " has" : " has no")
                + " times, as declared now it "
                + (written.isTimed() ? "has none" : "has some")
                + ". Keep the kind of state, or give the new one a new name");
      }
      return windows(declared, written)
          .or(() -> told("in " + table + " ", mismatches(declared, written)));
    }

    private static Optional<String> windows(
        TableDescriptor<?, ?> declared, FileHeader.Table written) {
      boolean fits = written.windows().isEmpty() || written.windows().equals(declared.windows());
      return fits
          ? Optional.empty()
          : Optional.of(
              "window was "
                  + written.windows()
                  + ", is "
                  + (declared.windows().isEmpty() ? "none" : declared.windows())
                  + "; windows that are open cannot be cut anew. Keep the window; or give the stage"
                  + " a new name, under which it begins empty, and drop its open windows knowingly"
                  + " with restore.allow.dropped; nothing was touched");
    }

    /** These mismatches in a row behind a beginning, and what to do; empty: there are none. */
    public static Optional<String> told(String beginning, List<Mismatch> mismatches) {
      return mismatches.isEmpty()
          ? Optional.empty()
          : Optional.of(
              mismatches.stream()
                  .map(Mismatch::toString)
                  .collect(
                      Collectors.joining(
                          "; ",
                          beginning,
                          ". Or go on with the version of the pipeline that wrote it; nothing was"
                              + " touched")));
    }

    /** Whether the values of a table that fits are written anew when they are restored. */
    public static boolean isRewritten(TableDescriptor<?, ?> declared, FileHeader.Table written) {
      return values(declared, written) instanceof Resolution.Resolved<?> readable
          && readable.change().compareTo(Change.NAMES) > 0;
    }

    /** What stands in the way of reading a written table as the declared one. */
    private static List<Mismatch> mismatches(
        TableDescriptor<?, ?> declared, FileHeader.Table written) {
      return Stream.concat(
              keys(declared, written).mismatches().stream(),
              values(declared, written).mismatches().stream())
          .toList();
    }

    /** Keys keep their bytes, which decide the key group and so the task that looks for the row. */
    private static <K> Resolution<K> keys(
        TableDescriptor<K, ?> declared, FileHeader.Table written) {
      Mismatch changed =
          new Mismatch(
              "",
              written.keySchema().text(),
              declared.keySerializer().schema().text(),
              "a key's bytes say where its rows are, so its fields may be renamed, but not added,"
                  + " removed, moved or widened; keep the key, or give the state a new name");
      return declared
          .keySerializer()
          .resolve(written.keySchema())
          .atMost(Change.NAMES, changed)
          .at("key");
    }

    private static <V> Resolution<V> values(
        TableDescriptor<?, V> declared, FileHeader.Table written) {
      return declared.valueSerializer().resolve(written.valueSchema()).at("value");
    }

    /** Whether rows have the bytes of now, so that they may be taken over as they are. */
    public boolean isAsWritten() {
      return isAsWritten;
    }

    /** Sets a row; the inputs are read to their end. */
    public void put(int keyGroup, long time, ByteInput key, ByteInput value) throws IOException {
      table.restorePut(keyGroup, time, key, isAsWritten ? value : rewritten(value));
    }

    private ByteInput rewritten(ByteInput value) throws IOException {
      output.truncate(0);
      serializer.serialize(written.read(value), output);
      return input.wrap(output.array(), 0, output.length());
    }

    /** Removes a row; the input is read to its end. */
    public void remove(int keyGroup, long time, ByteInput key) throws IOException {
      table.restoreRemove(keyGroup, time, key);
    }

    /** Whether rows are entries of owners. */
    public boolean hasEntries() {
      return table.hasEntries();
    }

    /** Removes all rows of an owner; the input is read to its end. */
    public void clearOwner(int keyGroup, ByteInput owner) throws IOException {
      table.restoreClearOwner(keyGroup, owner);
    }

    /** Removes the rows of these key groups with a time at or before the bound. */
    public void clear(int firstKeyGroup, int endKeyGroup, long bound) {
      table.restoreClear(firstKeyGroup, endKeyGroup, bound);
    }
  }
}
