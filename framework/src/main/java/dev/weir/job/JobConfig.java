package dev.weir.job;

import dev.weir.error.InvalidConfigException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a pipeline runs. Immutable.
 *
 * <p>{@link #from(Properties)} takes the same settings as text; the keys are those of {@link
 * ConfigKey}.
 *
 * @param parallelism tasks per stage; 1 to {@code maxParallelism}; default: the number of
 *     processors
 * @param maxParallelism number of key groups; fixed for ever with the first checkpoint; default 128
 * @param checkpoints when checkpoints are taken and how long they stay
 * @param checkpointStorage where this job's checkpoints go: {@code file:} and a folder, {@code
 *     memory:} and a name (lost with the process), or a URI of a {@link
 *     dev.weir.connector.SnapshotStoreProvider}; no default
 * @param state where keyed state lives
 * @param restartStrategy what happens after a failure; default: exponential, 1 s to 30 s
 * @param standbyDetection how long the instance that runs the job must have been silent for another
 *     one to take over; until then the other one stands by. 0.5 s to 10 min, and the longer one if
 *     two instances differ; zero: no instance stands by, one that starts fences the one before.
 *     Shorter than the longest pause of the process (garbage collection, a frozen container), it
 *     takes over from the living, which costs a restart but no result. Where the ledger is in an
 *     object store it is 15 s at least; where it is a folder, a paused owner is never overtaken,
 *     only a dead one. Default 5 s
 * @param stuckAfter how long a task may be in one call of user code before the log, {@link
 *     JobStatus#stuck} and {@code weir.tasks.stuck} tell; nothing else comes of it at that moment,
 *     but a job with a stuck task is not idle, so a checkpoint comes due, which waits for it at
 *     most as long as it may. 1 s or longer; zero: never told. Default 10 s
 * @param startFresh go on from what the ledger names, or begin anew if it names nothing, although
 *     the folder holds newer checkpoints; default false
 * @param restoreFrom a savepoint to begin from where the ledger names no checkpoint; where it names
 *     one, that is gone on from; default: none
 * @param allowDropped stages whose state may be left behind in a restore; default: none
 * @param listeners told of the job's life; default: none
 * @param meters where meters are registered; default: nowhere
 */
public record JobConfig(
    int parallelism,
    int maxParallelism,
    CheckpointOptions checkpoints,
    Optional<URI> checkpointStorage,
    StateOptions state,
    RestartStrategy restartStrategy,
    Duration standbyDetection,
    Duration stuckAfter,
    boolean startFresh,
    Optional<URI> restoreFrom,
    Set<String> allowDropped,
    List<JobListener> listeners,
    MeterRegistry meters) {
  private static final long LEAST_DETECTION_MILLIS = 500;
  private static final long LONGEST_DETECTION_MILLIS = 600_000;
  private static final long LEAST_STUCK_MILLIS = 1_000;

  /** Checks each setting and how they fit. */
  public JobConfig {
    require(
        maxParallelism >= 1 && maxParallelism <= 32_768,
        ConfigKey.MAX_PARALLELISM,
        "1 to 32768",
        maxParallelism);
    require(
        parallelism >= 1 && parallelism <= maxParallelism,
        ConfigKey.PARALLELISM,
        "1 to " + maxParallelism + " (" + ConfigKey.MAX_PARALLELISM.key() + ")",
        parallelism);
    Objects.requireNonNull(checkpoints, "checkpoints");
    checkpointStorage.ifPresent(
        uri ->
            require(
                uri.getScheme() != null,
                ConfigKey.CHECKPOINT_STORAGE,
                "a URI such as file:/a/folder or memory:a-name",
                uri));
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(restartStrategy, "restartStrategy");
    long detection = standbyDetection.toMillis();
    require(
        detection == 0
            || (detection >= LEAST_DETECTION_MILLIS && detection <= LONGEST_DETECTION_MILLIS),
        ConfigKey.STANDBY_DETECTION,
        "0, or " + LEAST_DETECTION_MILLIS + " to " + LONGEST_DETECTION_MILLIS,
        detection);
    require(
        stuckAfter.isZero() || stuckAfter.toMillis() >= LEAST_STUCK_MILLIS,
        ConfigKey.STUCK_AFTER,
        "0, or " + LEAST_STUCK_MILLIS + " or more",
        stuckAfter.toMillis());
    Objects.requireNonNull(restoreFrom, "restoreFrom");
    allowDropped = Set.copyOf(allowDropped);
    listeners = List.copyOf(listeners);
    Objects.requireNonNull(meters, "meters");
  }

  /**
   * @return a builder with every default
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads settings from text. See {@link ConfigKey} for the keys.
   *
   * @param properties settings; keys that are not Weir's are an error
   * @return a builder with those settings
   * @throws InvalidConfigException if a key is unknown or a value malformed
   */
  public static Builder from(Properties properties) {
    Builder builder = new Builder();
    for (String key : properties.stringPropertyNames()) {
      ConfigKey.of(key).apply(builder, properties.getProperty(key));
    }
    return builder;
  }

  static void require(boolean holds, ConfigKey key, String expected, Object found) {
    if (!holds) {
      throw new InvalidConfigException(
          "Setting " + key.key() + " must be " + expected + ", got " + found + ".");
    }
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private int parallelism = Runtime.getRuntime().availableProcessors();
    private int maxParallelism = 128;
    private CheckpointOptions checkpoints = CheckpointOptions.DEFAULTS;
    private Optional<URI> checkpointStorage = Optional.empty();
    private StateOptions state = StateOptions.DEFAULTS;
    private RestartStrategy restartStrategy =
        RestartStrategy.exponentialDelay(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private final RestartSettings restartText = new RestartSettings();
    private Duration standbyDetection = Duration.ofSeconds(5);
    private Duration stuckAfter = Duration.ofSeconds(10);
    private boolean startFresh;
    private Optional<URI> restoreFrom = Optional.empty();
    private final Set<String> allowDropped = new TreeSet<>();
    private final List<JobListener> listeners = new ArrayList<>();
    private MeterRegistry meters = new CompositeMeterRegistry();

    private Builder() {}

    /**
     * @param tasks tasks per stage
     * @return this
     */
    public Builder parallelism(int tasks) {
      this.parallelism = tasks;
      return this;
    }

    /**
     * @param keyGroups number of key groups
     * @return this
     */
    public Builder maxParallelism(int keyGroups) {
      this.maxParallelism = keyGroups;
      return this;
    }

    /**
     * @param interval time from one checkpoint's start to the next; zero: no periodic checkpoints,
     *     which is for tests: see {@link CheckpointOptions}
     * @return this
     */
    public Builder checkpointInterval(Duration interval) {
      return checkpoints(checkpoints.withInterval(interval));
    }

    /**
     * @param timeout after this long a checkpoint fails the attempt
     * @return this
     */
    public Builder checkpointTimeout(Duration timeout) {
      return checkpoints(checkpoints.withTimeout(timeout));
    }

    /**
     * @param pause the least time from one checkpoint's end to the start of the next
     * @return this
     */
    public Builder checkpointMinPause(Duration pause) {
      return checkpoints(checkpoints.withMinPause(pause));
    }

    /**
     * @param mode what state and output hold after a failure
     * @return this
     */
    public Builder checkpointMode(CheckpointingMode mode) {
      return checkpoints(checkpoints.withMode(mode));
    }

    /**
     * @param retention what becomes of the checkpoints when the job is cancelled
     * @return this
     */
    public Builder checkpointRetention(CheckpointRetention retention) {
      return checkpoints(checkpoints.withRetention(retention));
    }

    /**
     * @param times how often the write of a checkpoint's file is tried again
     * @return this
     */
    public Builder checkpointWriteRetries(int times) {
      return checkpoints(checkpoints.withWriteRetries(times));
    }

    /**
     * @param compression how the files of a checkpoint are packed; default: not at all
     * @return this
     */
    public Builder checkpointCompression(SnapshotCompression compression) {
      return checkpoints(checkpoints.withCompression(compression));
    }

    private Builder checkpoints(CheckpointOptions options) {
      this.checkpoints = options;
      return this;
    }

    /**
     * @param folder this job's own folder
     * @return this
     */
    public Builder checkpointStorage(Path folder) {
      return checkpointStorage(folder.toUri());
    }

    /**
     * @param uri this job's own folder
     * @return this
     */
    public Builder checkpointStorage(URI uri) {
      this.checkpointStorage = Optional.of(uri);
      return this;
    }

    /**
     * @param count how many completed checkpoints are kept
     * @return this
     */
    public Builder retainedCheckpoints(int count) {
      return checkpoints(checkpoints.withRetained(count));
    }

    /**
     * @param backend where keyed state lives
     * @return this
     */
    public Builder stateBackend(StateBackend backend) {
      return state(state.withBackend(backend));
    }

    /**
     * @param folder for working files; kept between starts
     * @return this
     */
    public Builder localDirectory(Path folder) {
      return state(state.withLocalDirectory(folder));
    }

    /**
     * @param bytes that state in RocksDB may take outside the heap
     * @return this
     */
    public Builder stateMemory(long bytes) {
      return state(state.withMemory(bytes));
    }

    /**
     * @param check whether to fail if user code changes a value of state without setting it
     * @return this
     */
    public Builder checkStateValues(boolean check) {
      return state(state.withCheckValues(check));
    }

    private Builder state(StateOptions options) {
      this.state = options;
      return this;
    }

    /**
     * @param strategy what happens after a failure
     * @return this
     */
    public Builder restartStrategy(RestartStrategy strategy) {
      this.restartStrategy = strategy;
      restartText.clear();
      return this;
    }

    RestartSettings restartText() {
      return restartText;
    }

    /**
     * @param silence how long the instance that runs the job must be silent for another one to take
     *     over; zero: none stands by
     * @return this
     */
    public Builder standbyDetection(Duration silence) {
      this.standbyDetection = silence;
      return this;
    }

    /**
     * @param lasted how long a task may be in one call before it is told to be stuck; zero: never
     *     told
     * @return this
     */
    public Builder stuckAfter(Duration lasted) {
      this.stuckAfter = lasted;
      return this;
    }

    /**
     * Says that the job shall begin anew although its folder holds checkpoints that no ledger
     * names.
     *
     * @param fresh true to begin anew
     * @return this
     */
    public Builder startFresh(boolean fresh) {
      this.startFresh = fresh;
      return this;
    }

    /**
     * Begins from a savepoint, of this job or of another one, at any parallelism and with any
     * backend. It is copied into the job's own storage and not needed afterwards. Where the ledger
     * names a checkpoint already, the job goes on from that: the setting may stay.
     *
     * @param savepoint where it lies
     * @return this
     */
    public Builder restoreFrom(URI savepoint) {
      this.restoreFrom = Optional.of(savepoint);
      return this;
    }

    /**
     * @param stages stages that the pipeline does not have any more and whose state may be left
     *     behind
     * @return this
     */
    public Builder allowDropped(String... stages) {
      allowDropped.addAll(List.of(stages));
      return this;
    }

    /**
     * @param listener told of the job's life, after those given before
     * @return this
     */
    public Builder listener(JobListener listener) {
      this.listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * @param registry where meters are registered
     * @return this
     */
    public Builder meters(MeterRegistry registry) {
      this.meters = registry;
      return this;
    }

    /**
     * @return the configuration
     * @throws InvalidConfigException if a setting is out of its bounds; the message names it
     */
    public JobConfig build() {
      return new JobConfig(
          parallelism,
          maxParallelism,
          checkpoints,
          checkpointStorage,
          state,
          restartText.strategy().orElse(restartStrategy),
          standbyDetection,
          stuckAfter,
          startFresh,
          restoreFrom,
          allowDropped,
          listeners,
          meters);
    }
  }
}
