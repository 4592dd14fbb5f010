package dev.weir.internal.state.pertask;

import dev.weir.error.RestoreException;
import dev.weir.internal.base.ByteInput;
import dev.weir.internal.base.ByteOutput;
import dev.weir.internal.base.Checks;
import dev.weir.job.ReadLevel;
import dev.weir.state.BroadcastState;
import dev.weir.state.ListState;
import dev.weir.state.ListStateDescriptor;
import dev.weir.state.MapStateDescriptor;
import dev.weir.state.StateDescriptor;
import dev.weir.state.TaskListDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The states of one task of a stage. All tasks hold the same broadcast state, so only the first one
 * writes it, and each begins with that one copy.
 *
 * <pre>
 *   short states { WrittenState }
 * </pre>
 */
public final class TaskStates {
  private static final byte[] NOTHING = {0, 0};

  private final String stage;
  private final Subtask subtask;
  private final Map<String, KeptState<?>> states = new LinkedHashMap<>();
  private final NavigableMap<Long, byte[]> cuts = new TreeMap<>();
  private byte[] encoded;
  private byte[] committed = NOTHING;

  private TaskStates(String stage, Subtask subtask) {
    this.stage = stage;
    this.subtask = subtask;
  }

  /** Of a stage that declares none. */
  public static TaskStates none(String stage) {
    return new TaskStates(stage, new Subtask(0, 1));
  }

  /** What a task keeps of broadcast records. */
  public static TaskStates broadcast(
      String stage, Subtask subtask, List<MapStateDescriptor<?, ?>> descriptors) {
    TaskStates made = new TaskStates(stage, subtask);
    descriptors.forEach(each -> made.declare(new KeptMap<>(each, made::changed)));
    return made;
  }

  /** Lists of a task. */
  public static TaskStates lists(
      String stage, Subtask subtask, List<TaskListDescriptor<?>> descriptors) {
    TaskStates made = new TaskStates(stage, subtask);
    descriptors.forEach(each -> made.declare(new KeptList<>(each, made::changed)));
    return made;
  }

  private void declare(KeptState<?> state) {
    KeptState<?> before = states.put(state.name(), state);
    Checks.argument(
        before == null, "Stage '%s' declares two states named '%s'", stage, state.name());
  }

  private void changed() {
    encoded = null;
  }

  /** Whether the stage declares none. */
  public boolean isEmpty() {
    return states.isEmpty();
  }

  /** What is kept of broadcast records in the state of this name. */
  @SuppressWarnings("unchecked") // The state was made from the descriptor of this name.
  public <K, V> BroadcastState<K, V> broadcastState(MapStateDescriptor<K, V> descriptor) {
    Checks.argument(
        states.get(descriptor.name()) instanceof KeptMap,
        "Stage '%s' asked for broadcast state '%s' but has only %s. Give its descriptor to"
            + " broadcast(...).",
        stage,
        descriptor.name(),
        states.keySet());
    return (BroadcastState<K, V>) states.get(descriptor.name());
  }

  /** The list of this name. */
  @SuppressWarnings("unchecked") // The state was made from the descriptor of this name.
  public <V> ListState<V> list(TaskListDescriptor<V> descriptor) {
    Checks.argument(
        states.get(descriptor.name()) instanceof KeptList,
        "Stage '%s' asked for state '%s' but declares only %s. Add its descriptor to the function's"
            + " states().",
        stage,
        descriptor.name(),
        states.keySet());
    return (ListState<V>) states.get(descriptor.name());
  }

  /** What this task writes of all states at a barrier. */
  public byte[] cut(long checkpointId) {
    cuts.put(checkpointId, encoded());
    return encoded();
  }

  /** A checkpoint is completed, so what was cut for it will never be rolled back. */
  public void completed(long checkpointId) {
    NavigableMap<Long, byte[]> decided = cuts.headMap(checkpointId, true);
    if (!decided.isEmpty()) {
      committed = decided.lastEntry().getValue();
      decided.clear();
    }
  }

  /**
   * The elements of a state, or the entries of a broadcast one, for those who only look: their own.
   *
   * @throws IllegalArgumentException if there is no such state with such elements
   */
  public List<?> elements(StateDescriptor<?> descriptor, ReadLevel level) {
    KeptState<?> asked = asked(descriptor);
    KeptState<?> declared = states.get(asked.name());
    Checks.argument(
        declared != null && declared.schemas().equals(asked.schemas()),
        "Stage '%s' was asked for state '%s' of its tasks with %s, its tasks have %s. Ask with a"
            + " descriptor that it was given.",
        stage,
        asked.name(),
        asked.schemas(),
        declared == null ? states.keySet() : declared.schemas());
    WrittenState written = read(level == ReadLevel.LIVE ? encoded() : committed).get(asked.name());
    try {
      return written == null ? List.of() : written.elements(asked);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static KeptState<?> asked(StateDescriptor<?> descriptor) {
    Runnable never = () -> {};
    if (descriptor instanceof MapStateDescriptor<?, ?> map) {
      return new KeptMap<>(map, never);
    } else if (descriptor instanceof ListStateDescriptor<?> list) {
      return new KeptList<>(
          new TaskListDescriptor<>(
              list.name(), list.serializer(), TaskListDescriptor.Redistribution.SPLIT),
          never);
    }
    throw new IllegalArgumentException(
        "Tasks keep maps of broadcast records and lists, no " + descriptor);
  }

  /** What this task writes of all states; made anew only if something has changed. */
  public byte[] encoded() {
    if (encoded == null) {
      try {
        encoded = encode();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "State of the tasks of stage '" + stage + "' cannot be written", e);
      }
    }
    return encoded;
  }

  private byte[] encode() throws IOException {
    List<KeptState<?>> written =
        states.values().stream()
            .filter(state -> subtask.isFirst() || state.spread() != Spread.SAME)
            .toList();
    ByteOutput out = new ByteOutput(256);
    out.writeShort(written.size());
    for (KeptState<?> state : written) {
      WrittenState.of(state).writeTo(out);
    }
    return out.toByteArray();
  }

  /**
   * Begins with what the tasks of an earlier run had written.
   *
   * @param parts what each wrote, by subtask; none for a first start
   * @throws RestoreException if something of it is not declared, or not readable as declared
   */
  public void restore(List<byte[]> parts) {
    List<Map<String, WrittenState>> written = parts.stream().map(this::read).toList();
    for (Map<String, WrittenState> part : written) {
      part.values().forEach(this::check);
    }
    try {
      for (KeptState<?> state : states.values()) {
        begin(state, written);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    committed = encoded();
  }

  private <E> void begin(KeptState<E> state, List<Map<String, WrittenState>> written)
      throws IOException {
    List<List<E>> elements = new ArrayList<>();
    for (Map<String, WrittenState> part : written) {
      WrittenState before = part.get(state.name());
      elements.add(before == null ? List.of() : before.elements(state));
    }
    state.begin(state.spread().begin(elements, subtask));
  }

  /** What of a stage that goes on does so otherwise than it was written, in sentences. */
  public List<String> changes(List<byte[]> parts) {
    Map<String, WrittenState> written = new LinkedHashMap<>();
    parts.forEach(part -> written.putAll(read(part)));
    List<String> changes = new ArrayList<>();
    for (KeptState<?> state : states.values()) {
      WrittenState before = written.get(state.name());
      if (before == null) {
        changes.add("state '" + state.name() + "' of its tasks is new and begins empty.");
      } else if (before.isRewritten(state)) {
        changes.add(
            "values of state '"
                + state.name()
                + "' of its tasks become "
                + state.schemas()
                + ", they were written as "
                + before.schemas()
                + ".");
      }
    }
    return changes;
  }

  private Map<String, WrittenState> read(byte[] part) {
    ByteInput in = new ByteInput().wrap(part, 0, part.length);
    Map<String, WrittenState> written = new LinkedHashMap<>();
    try {
      int count = in.readUnsignedShort();
      for (int i = 0; i < count; i++) {
        WrittenState state = WrittenState.readFrom(in);
        written.put(state.name(), state);
      }
      if (in.remaining() > 0) {
        throw new IOException(in.remaining() + " bytes more than " + count + " states");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return written;
  }

  private void check(WrittenState written) {
    KeptState<?> state = states.get(written.name());
    Optional<String> misfit =
        state == null
            ? Optional.of(
                "is in the checkpoint, but the pipeline declares only "
                    + states.keySet()
                    + ". Declare it again")
            : written.misfit(state);
    if (misfit.isPresent()) {
      throw new RestoreException(
          "State '"
              + written.name()
              + "' of the tasks of stage '"
              + stage
              + "' "
              + misfit.get()
              + ".");
    }
  }

  private RestoreException unreadable(IOException e) {
    return new RestoreException(
        "State of the tasks of stage '"
            + stage
            + "' cannot be read: "
            + e.getMessage()
            + ". Start with the Weir version that wrote the checkpoint.",
        e);
  }
}
