package dev.weir.error;

/**
 * A checkpoint did not happen: its transaction was aborted, its files could not be written, or it
 * took too long. Nothing of it became visible; the attempt restarts from the last completed one.
 */
public class CheckpointFailedException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public CheckpointFailedException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public CheckpointFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CHECKPOINT;
  }
}
