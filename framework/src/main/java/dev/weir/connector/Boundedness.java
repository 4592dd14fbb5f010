package dev.weir.connector;

/** Whether a source ends by itself. */
public enum Boundedness {
  /** It ends; the job finishes with a final checkpoint when all its sources have ended. */
  BOUNDED,
  /** It goes on until the job is stopped. */
  UNBOUNDED
}
