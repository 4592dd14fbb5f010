package dev.weir.connector;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the instance that runs a job shows that it lives, and where others of the same job look. It
 * keeps one line of text, the newest, and decides nothing: who may change anything, the {@link
 * CheckpointLedger} says. Methods block and are called by one I/O thread at a time.
 */
public interface OwnerBeacon extends AutoCloseable {
  /**
   * @return what was shown last, by whatever instance; empty if nothing ever was, or the outside
   *     system does not let this instance look
   * @throws dev.weir.error.WeirException if it cannot be found out now
   */
  Optional<String> read();

  /**
   * Shows a line in place of the one before. Need not survive a failure of the outside system.
   *
   * @param sign at most 1000 characters of ASCII
   * @throws dev.weir.error.WeirException if it is not known to be shown
   */
  void show(String sign);

  /**
   * How long at least from one sign or look to the next, because each costs something. An owner may
   * then be silent for five times as long, whatever {@code standby.detection.ms} says.
   *
   * @return a pause; the default is none
   */
  default Duration pause() {
    return Duration.ZERO;
  }

  /** Releases everything; what is shown stays. Idempotent. */
  @Override
  void close();
}
