package dev.weir.connector;

import dev.weir.time.Watermarks;
import java.util.List;
import java.util.Optional;

/**
 * Describes where records come from. Immutable; one description may run many times.
 *
 * @param <T> type of the records
 */
public interface Source<T> {
  /**
   * @return whether the source ends by itself
   */
  Boundedness boundedness();

  /**
   * @return how event time is found; empty: the source gives no watermarks
   */
  Optional<Watermarks<T>> watermarks();

  /**
   * Compares what a checkpoint holds of this source with the description, without asking the
   * outside system: for people who want to know before they deploy. A restore must refuse for the
   * same reasons. Finds nothing unless overridden.
   *
   * @param restored the splits in the checkpoint
   * @return what differs
   * @throws dev.weir.error.WeirException if they are not splits of such a source
   */
  default SplitChanges compare(List<SourceSplit> restored) {
    return SplitChanges.NONE;
  }

  /**
   * Makes the part that finds splits. One per attempt; runs on an I/O thread.
   *
   * @param context what it may use
   * @return a new enumerator
   * @throws Exception if the outside system refuses; ends the attempt
   */
  SplitEnumerator createEnumerator(SourceContext context) throws Exception;

  /**
   * Makes the part that reads splits. One per task and attempt; called on an I/O thread, then
   * handed over to the task's thread.
   *
   * @param context what it may use
   * @return a new reader without splits
   * @throws Exception if the outside system refuses; ends the attempt
   */
  SourceReader<T> createReader(SourceContext context) throws Exception;
}
