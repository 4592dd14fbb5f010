package dev.weir.internal.runtime;

import dev.weir.connector.SourceReader;
import dev.weir.internal.base.Closing;
import dev.weir.pipeline.Stage;
import java.util.HashMap;
import java.util.Map;

/**
 * Readers of sources that are opened before their tasks are built, since that may take long.
 * Blocks; used by one I/O thread at a time.
 */
final class OpenReaders implements AutoCloseable {
  private final Map<String, SourceReader<?>> waiting = new HashMap<>();

  /** Opens one. */
  void open(Stage.SourceStage<?> stage, TaskContext context) throws Exception {
    waiting.put(keyOf(stage, context), stage.source().createReader(context));
  }

  /** Gives one away, opened before or now; it is the caller's to close. */
  @SuppressWarnings("unchecked") // It was made by the same stage.
  <T> SourceReader<T> take(Stage.SourceStage<T> stage, TaskContext context) throws Exception {
    SourceReader<?> open = waiting.remove(keyOf(stage, context));
    return open == null ? stage.source().createReader(context) : (SourceReader<T>) open;
  }

  private static String keyOf(Stage.SourceStage<?> stage, TaskContext context) {
    return context.subtaskIndex() + "/" + stage.name();
  }

  /** Closes those that nobody has taken. */
  @Override
  public void close() throws Exception {
    try (Closing closing = new Closing()) {
      waiting.values().forEach(closing::add);
      waiting.clear();
    }
  }
}
