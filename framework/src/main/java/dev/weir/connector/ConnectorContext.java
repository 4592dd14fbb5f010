package dev.weir.connector;

import dev.weir.time.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.Executor;

/** What every part of a connector may use. Thread-safe. */
public interface ConnectorContext {
  /**
   * @return the job's name: letters, digits, {@code .}, {@code _}, {@code -}
   */
  String jobName();

  /**
   * @return the name of the source or sink in the pipeline
   */
  String stageName();

  /**
   * @return index of the task, from 0; 0 in enumerators and ledgers
   */
  int subtaskIndex();

  /**
   * @return how many tasks the stage has
   */
  int parallelism();

  /**
   * @return the time to use
   */
  Clock clock();

  /**
   * @return runs blocking work; a failure there is the connector's to catch and to throw again from
   *     its next call on the task's thread
   */
  Executor io();

  /** Makes the task step again soon. Cheap; from any thread. */
  void wakeUp();

  /**
   * @return where to register meters; they are removed when the attempt ends
   */
  MeterRegistry meters();

  /**
   * @return tags that every meter of this part carries
   */
  Tags tags();
}
