package dev.weir.internal.operator;

import dev.weir.connector.SinkWriter;
import dev.weir.error.ConnectorException;
import dev.weir.error.WeirException;

/** Hands records to a sink's writer. */
final class SinkOperator<T> implements Output<T>, StatefulOperator {
  private final String stage;
  private final SinkWriter<T> writer;
  private long records;

  SinkOperator(String stage, SinkWriter<T> writer) {
    this.stage = stage;
    this.writer = writer;
  }

  /** Records taken so far; may be read from any thread. */
  long records() {
    return records;
  }

  @Override
  public void collect(T value, long timestamp) {
    records++;
    try {
      writer.write(value, timestamp);
    } catch (Exception e) {
      throw failed(e, "take a record");
    }
  }

  @Override
  public void watermark(long timestamp) {}

  @Override
  public void idle(boolean isIdle) {}

  @Override
  public boolean isReady() {
    return writer.isReady();
  }

  @Override
  public OperatorSnapshot snapshot(long checkpointId) {
    try {
      return OperatorSnapshot.ofSink(stage, writer.prepare(checkpointId));
    } catch (Exception e) {
      throw failed(e, "prepare checkpoint " + checkpointId);
    }
  }

  @Override
  public void completed(long checkpointId) {
    writer.checkpointCompleted(checkpointId);
  }

  @Override
  public void close() {
    writer.close();
  }

  private WeirException failed(Exception cause, String what) {
    if (cause instanceof WeirException known) {
      return known;
    }
    return new ConnectorException(
        "Sink '" + stage + "' could not " + what + ": " + cause + ". See the cause.", cause);
  }
}
