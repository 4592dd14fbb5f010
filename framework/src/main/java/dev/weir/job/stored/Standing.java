package dev.weir.job.stored;

/** What is known of a checkpoint by what lies beside it. */
public enum Standing {
  /** It is the savepoint that lies here. */
  SAVEPOINT,
  /** The ledger beside it names it as the newest completed one: a job would go on from it. */
  NEWEST,
  /** It is completed and led to the newest one. */
  EARLIER,
  /** It is none of the above: the ledger beside it never completed it, or another one instead. */
  NOT_COMPLETED,
  /** There is no ledger beside it: the one in Kafka decides. */
  UNKNOWN,
  /** Its manifest cannot be read; {@code Weir.verify} says why. */
  DAMAGED
}
