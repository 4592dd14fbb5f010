package dev.weir.testing.sim;

/** What becomes of a request. */
public enum Fate {
  /** It has its effect, and the answer arrives. */
  DELIVERED,
  /** It never arrives; the client learns that the connection is gone. */
  REQUEST_LOST,
  /** It has its effect, but the client only learns that the connection is gone. */
  ANSWER_LOST,
  /** The client learns that the connection is gone; long after that, it arrives. */
  LATE,
  /** All is well, but it takes seconds. */
  SLOW
}
