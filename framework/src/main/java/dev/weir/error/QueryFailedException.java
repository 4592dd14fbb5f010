package dev.weir.error;

/**
 * State could not be read now: the job does not run, its attempt ended meanwhile, too many queries
 * wait, or there was no answer in time. Does the job no harm; the same query may be asked again.
 */
public class QueryFailedException extends WeirException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, what was found, what to do
   */
  public QueryFailedException(String message) {
    super(message);
  }

  /**
   * @param message what was tried, what was found, what to do
   * @param cause the error behind this one
   */
  public QueryFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
