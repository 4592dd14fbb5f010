package dev.weir.connector;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds the splits of a source. Called by one I/O thread at a time; may block. */
public interface SplitEnumerator extends AutoCloseable {
  /**
   * Resolves the configured start to concrete positions. Called once in the life of a job, before
   * its first record; the answer is stored in checkpoint 0.
   *
   * @return all splits there are, each with a concrete position
   * @throws Exception if there are none or the outside system refuses; ends the attempt
   */
  List<SourceSplit> initialSplits() throws Exception;

  /**
   * Has restored splits follow the configuration of now, such as another end, where it says more
   * than what their positions keep. Called after a restore, before {@link #discover}.
   *
   * @param splits as the checkpoint holds them
   * @return the same ones in the same order; the default changes nothing
   * @throws Exception if what is configured does not fit them; ends the attempt
   */
  default List<SourceSplit> restored(List<SourceSplit> splits) throws Exception {
    return splits;
  }

  /**
   * Finds splits that have come since. Also checks that the known ones can still be read from where
   * they are. Called after a restore, and then every {@link #discoveryInterval()}.
   *
   * @param known the splits restored or found so far, with their last stored positions
   * @return the new ones only, each with its very beginning as position
   * @throws Exception if a known split is gone or is no longer the same; ends the attempt
   */
  List<SourceSplit> discover(List<SourceSplit> known) throws Exception;

  /**
   * @return how often to look for new splits; empty: only after a restore
   */
  Optional<Duration> discoveryInterval();

  @Override
  void close();
}
