package dev.weir.error;

/**
 * A source or a sink found something that another attempt cannot change: a missing topic, offsets
 * that retention has removed, a topic that was created anew. Never restarted.
 */
public class UnrecoverableConnectorException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public UnrecoverableConnectorException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public UnrecoverableConnectorException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CONNECTOR_FATAL;
  }
}
