package dev.weir.internal.report;

import dev.weir.job.ConfigKey;
import dev.weir.job.JobConfig;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A configuration for people to read, without secrets: of a URI only what says where it is, of
 * listeners and meters nothing. Connectors' settings are not in it. Pure.
 */
final class ConfigText {
  private ConfigText() {}

  /** A line for each setting. */
  static String of(JobConfig config) {
    Map<ConfigKey, Object> settings = new LinkedHashMap<>();
    settings.put(ConfigKey.PARALLELISM, config.parallelism());
    settings.put(ConfigKey.MAX_PARALLELISM, config.maxParallelism());
    settings.put(
        ConfigKey.CHECKPOINT_INTERVAL,
        config.checkpoints().interval().map(d -> d.toMillis()).orElse(0L));
    settings.put(ConfigKey.CHECKPOINT_TIMEOUT, config.checkpoints().timeout().toMillis());
    settings.put(ConfigKey.CHECKPOINT_MIN_PAUSE, config.checkpoints().minPause().toMillis());
    settings.put(ConfigKey.CHECKPOINT_MODE, config.checkpoints().mode());
    settings.put(ConfigKey.CHECKPOINT_RETENTION, config.checkpoints().retention());
    settings.put(ConfigKey.CHECKPOINT_RETAINED, config.checkpoints().retained());
    settings.put(ConfigKey.CHECKPOINT_WRITE_RETRIES, config.checkpoints().writeRetries());
    settings.put(ConfigKey.CHECKPOINT_COMPRESSION, config.checkpoints().compression());
    settings.put(ConfigKey.CHECKPOINT_STORAGE, place(config.checkpointStorage()));
    settings.put(ConfigKey.STATE_BACKEND, config.state().backend());
    settings.put(ConfigKey.STATE_LOCAL_DIRECTORY, text(config.state().localDirectory()));
    settings.put(
        ConfigKey.STATE_MEMORY,
        config.state().memory().isPresent() ? config.state().memory().getAsLong() : "derived");
    settings.put(ConfigKey.STATE_CHECK_VALUES, config.state().checkValues());
    settings.put(ConfigKey.RESTART_STRATEGY, config.restartStrategy());
    settings.put(ConfigKey.STANDBY_DETECTION, config.standbyDetection().toMillis());
    settings.put(ConfigKey.STUCK_AFTER, config.stuckAfter().toMillis());
    settings.put(ConfigKey.START_FRESH, config.startFresh());
    settings.put(ConfigKey.RESTORE_FROM, place(config.restoreFrom()));
    settings.put(ConfigKey.RESTORE_ALLOW_DROPPED, config.allowDropped());
    return settings.entrySet().stream()
        .map(setting -> "  " + setting.getKey().key() + " = " + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** Without user, password and query, which may be secrets. */
  static String place(Optional<URI> uri) {
    return uri.map(
            given ->
                given.isOpaque() || given.getHost() == null
                    ? given.getScheme() + ":" + Optional.ofNullable(given.getPath()).orElse("...")
                    : given.getScheme() + "://" + given.getHost() + given.getPath())
        .orElse("none");
  }

  private static String text(Optional<?> value) {
    return value.map(String::valueOf).orElse("none");
  }
}
