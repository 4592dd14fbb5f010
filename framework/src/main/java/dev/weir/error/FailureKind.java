package dev.weir.error;

/**
 * What kind of thing went wrong: who has to act, and whether another attempt can help. Decided from
 * the error alone.
 */
public enum FailureKind {
  /** A user's function threw. Tried again, as its cause may lie outside and pass. */
  USER_CODE(true, "Correct the function that the message names"),
  /** A record that cannot be read, and will not be readable the next time either. */
  POISON_RECORD(false, "Skip or repair the record that the message names"),
  /** An outside system, such as Kafka, could not be reached or was busy. */
  CONNECTOR_TRANSIENT(true, "Look at the broker or the network"),
  /** An outside system answered what another attempt cannot change. */
  CONNECTOR_FATAL(false, "Look at topics, rights and offsets"),
  /** Files of a checkpoint could not be written or read. */
  STORAGE(true, "Look at the disk, its free space and the rights"),
  /** A checkpoint took too long, or its transaction was ended by the broker. */
  CHECKPOINT(true, "Look for the task, disk or broker that was slow"),
  /** Memory or another resource of the process is used up. */
  RESOURCE(true, "Give the process more memory, or the job less state and parallelism"),
  /** Settings, pipeline, class path and checkpoint do not fit together. */
  SETUP(false, "Correct what the message names"),
  /** A newer instance of the job has taken over. */
  FENCED(false, "Run one instance of a job; look at the other one"),
  /** Something that cannot happen: an error in Weir or in a connector. */
  BUG(true, "Report it with the stack trace");

  private final boolean isRestartable;
  private final String advice;

  FailureKind(boolean isRestartable, String advice) {
    this.isRestartable = isRestartable;
    this.advice = advice;
  }

  /**
   * @param failure any failure
   * @return its kind
   */
  public static FailureKind of(Throwable failure) {
    if (failure instanceof WeirException known) {
      return known.kind();
    }
    if (failure instanceof VirtualMachineError) {
      return RESOURCE;
    }
    if (failure instanceof LinkageError) {
      return SETUP;
    }
    return BUG;
  }

  /**
   * @return true if another attempt from the last completed checkpoint can help, so that the
   *     restart strategy has a say; else the first such failure suspends the job
   */
  public boolean isRestartable() {
    return isRestartable;
  }

  /**
   * @return what to do about it, in general; the failure's own message is more exact
   */
  public String advice() {
    return advice;
  }
}
