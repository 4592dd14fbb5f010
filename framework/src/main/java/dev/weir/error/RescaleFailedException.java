package dev.weir.error;

/**
 * The parallelism of a job was not changed: the job does not run, ends or fails meanwhile, or
 * another rescale is under way. Loses and doubles nothing; the same may be asked again.
 */
public class RescaleFailedException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public RescaleFailedException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public RescaleFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
