package dev.weir.testing.suite.job;

import java.util.Locale;

/** What can be said about a suite's job. */
public enum Setting {
  /** Addresses of the brokers. */
  SERVERS,
  /** The job's name. */
  NAME,
  /** The name of a pipeline that {@link SuitePipeline} knows. */
  PIPELINE,
  /** The topic it reads. */
  INPUT,
  /** The topic it writes. */
  OUTPUT,
  /** Where each input partition ends, such as {@code 100,100,0}; none: it never does. */
  STOPS,
  /** The folder of its checkpoints. */
  FOLDER,
  /** The savepoint it begins from; none: nothing. */
  RESTORE_FROM,
  /** Stages whose state may be left behind, with commas between; none: no state may. */
  ALLOW_DROPPED,
  /** Tasks per stage. */
  PARALLELISM,
  /** {@code heap} or {@code rocksdb}. */
  BACKEND,
  /** Checkpoint interval, milliseconds. */
  INTERVAL,
  /** Checkpoint timeout, milliseconds. */
  TIMEOUT,
  /** The sink's {@code transaction.timeout.ms}; none: derived. */
  TRANSACTION_TIMEOUT,
  /** {@code request.timeout.ms} of all clients, milliseconds; none: Kafka's own. */
  REQUEST_TIMEOUT,
  /** Logs in under that name, by SASL with SCRAM-SHA-256; none: does not. */
  USER,
  /** The password of {@link #USER}. */
  PASSWORD,
  /** The PEM file of who must have signed the broker's certificate; none: there is no TLS. */
  AUTHORITY,
  /** How often to look for new partitions, milliseconds; none: never. */
  DISCOVERY,
  /** Pause before a restart, milliseconds; none: the first failure ends the job. */
  RESTART_DELAY,
  /** Silence after which a standby takes over, milliseconds; none: no instance stands by. */
  DETECTION,
  /** The name of the moment to strike at; none: it lives. */
  MOMENT,
  /** At which occurrence of the moment. */
  OCCURRENCE,
  /**
   * What a JVM of its own asks of its job once some checkpoints are completed: {@code stop}, {@code
   * drain}, {@code savepoint} or {@code stop-with-savepoint}; the moment to strike at counts from
   * then on. None: nothing.
   */
  ASK,
  /** How many records the windows must have taken before it asks; none: some. */
  TAKEN,
  /** The place of the savepoint that it asks for. */
  TARGET,
  /** A file to wait for at the moment, instead of dying. */
  GATE,
  /**
   * The engine's moment at whose first occurrence after {@link #GATE} is reached it dies; none: it
   * lives.
   */
  THEN,
  /** At which of its records the user's function ends the process; none: it does not. */
  EXITS,
  /** Anything: SIGTERM stops the job before it ends the process; none: it ends it at once. */
  SIGNALLED,
  /** Anything: restore every retained checkpoint around each removal; none: do not. */
  RESTORES,
  /** Parallelisms to rescale to while it runs, in turn, such as {@code 4,2,1}; none: never. */
  RESCALES,
  /** The seed of what is left to chance. */
  SEED,
  /** How many times to start, each time at a file of {@link #SIGNALS}; none: once, at once. */
  ROUNDS,
  /** The folder of the files that start and cancel rounds. */
  SIGNALS;

  /** The system property that carries it. */
  public String key() {
    return "suite." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
