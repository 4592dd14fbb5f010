package dev.weir.testing.suite.job;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is said about a suite's job. Immutable. */
public final class Settings {
  private final Map<Setting, String> values;

  private Settings(Map<Setting, String> values) {
    this.values = values;
  }

  /** Nothing yet. */
  public static Settings none() {
    return new Settings(new EnumMap<>(Setting.class));
  }

  /** Those of this JVM's system properties. */
  public static Settings ofThisJvm() {
    Map<Setting, String> found = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      Optional.ofNullable(System.getProperty(setting.key()))
          .ifPresent(value -> found.put(setting, value));
    }
    return new Settings(found);
  }

  /** These and that one. */
  public Settings with(Setting setting, Object value) {
    Map<Setting, String> more = new EnumMap<>(Setting.class);
    more.putAll(values);
    more.put(setting, value.toString());
    return new Settings(more);
  }

  /** These without that one. */
  public Settings without(Setting setting) {
    Map<Setting, String> fewer = new EnumMap<>(Setting.class);
    fewer.putAll(values);
    fewer.remove(setting);
    return new Settings(fewer);
  }

  /** Each one as text. */
  public Map<Setting, String> all() {
    return Map.copyOf(values);
  }

  public String text(Setting setting) {
    return optional(setting)
        .orElseThrow(() -> new IllegalStateException("Say " + setting + " for the suite's job."));
  }

  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  public Optional<String> optional(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /** Numbers separated by commas. */
  public Optional<List<Long>> numbers(Setting setting) {
    return optional(setting)
        .map(text -> Arrays.stream(text.split(",")).map(Long::parseLong).toList());
  }
}
