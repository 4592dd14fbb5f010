package dev.weir.error;

/**
 * The pipeline cannot run as written: a name is missing or used twice, a type has no serializer, a
 * stage leads nowhere. Thrown while the pipeline is built. Never restarted.
 */
public class InvalidPipelineException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public InvalidPipelineException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public InvalidPipelineException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.SETUP;
  }
}
