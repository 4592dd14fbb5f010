package dev.weir.connectors.kafka;

import dev.weir.error.InvalidConfigException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A connector's settings for its Kafka clients, as the user gave them and checked by name. Values
 * are never printed: they may be secrets. Immutable.
 */
public final class ClientSettings {
  private static final String BOOTSTRAP = "bootstrap.servers";

  private final Map<ClientKind, Map<String, Object>> byKind;

  private ClientSettings(Map<ClientKind, Map<String, Object>> byKind) {
    this.byKind = byKind;
  }

  /**
   * @param kinds the clients that the connector has
   * @return a builder
   */
  public static Builder builder(ClientKind... kinds) {
    return new Builder(EnumSet.copyOf(Arrays.asList(kinds)));
  }

  /**
   * @param kind a client that the connector has
   * @return a new map with the user's settings for it, which the caller completes
   */
  public Map<String, Object> of(ClientKind kind) {
    return new HashMap<>(byKind.getOrDefault(kind, Map.of()));
  }

  /**
   * @return the brokers' addresses as the user gave them, for messages
   */
  public String servers() {
    return String.valueOf(byKind.get(ClientKind.ADMIN).get(BOOTSTRAP));
  }

  /**
   * @param other settings of another connector
   * @return true if both name the same brokers, in any order
   */
  public boolean sameServers(ClientSettings other) {
    return serverSet().equals(other.serverSet());
  }

  /**
   * @param other settings of another connector on the same brokers
   * @return names of the settings that are not the same in both, sorted
   */
  public Set<String> differences(ClientSettings other) {
    Set<String> names = new TreeSet<>();
    for (ClientKind kind : byKind.keySet()) {
      Map<String, Object> mine = of(kind);
      Map<String, Object> theirs = other.of(kind);
      mine.remove(BOOTSTRAP);
      theirs.remove(BOOTSTRAP);
      Set<String> all = new TreeSet<>(mine.keySet());
      all.addAll(theirs.keySet());
      all.removeIf(name -> mine.containsKey(name) && mine.get(name).equals(theirs.get(name)));
      all.forEach(name -> names.add(kind.prefix() + name));
    }
    return names;
  }

  private Set<String> serverSet() {
    Object servers = byKind.get(ClientKind.ADMIN).get(BOOTSTRAP);
    List<String> list =
        servers instanceof List<?> given
            ? given.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(servers).split(","));
    return list.stream().map(String::trim).filter(s -> !s.isEmpty()).collect(Collectors.toSet());
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final Set<ClientKind> kinds;
    private final Map<ClientKind, Map<String, Object>> byKind = new EnumMap<>(ClientKind.class);

    private Builder(Set<ClientKind> kinds) {
      this.kinds = kinds;
      kinds.forEach(kind -> byKind.put(kind, new HashMap<>()));
    }

    /**
     * @param name a client's setting, with or without {@code consumer.}, {@code producer.}, {@code
     *     admin.}
     * @param value its value
     * @return this
     * @throws InvalidConfigException if the name is unknown or Weir's own
     */
    public Builder set(String name, Object value) {
      for (ClientKind kind : SettingNames.takers(name, kinds)) {
        byKind.get(kind).put(SettingNames.withoutPrefix(name), checked(name, value));
      }
      return this;
    }

    /**
     * @param name a setting of a plug-in; goes to every client, unchecked
     * @param value its value
     * @return this
     */
    public Builder setOfPlugIn(String name, Object value) {
      byKind.values().forEach(settings -> settings.put(name, checked(name, value)));
      return this;
    }

    /**
     * @param connector what is built, for the message
     * @return the settings
     * @throws InvalidConfigException if no broker is named
     */
    public ClientSettings build(String connector) {
      for (ClientKind kind : kinds) {
        if (!byKind.get(kind).containsKey(BOOTSTRAP)) {
          throw new InvalidConfigException(
              "A "
                  + connector
                  + " needs the address of a broker, found none for its "
                  + kind.name().toLowerCase(Locale.ROOT)
                  + ". Set bootstrapServers(...) or the property bootstrap.servers.");
        }
      }
      Map<ClientKind, Map<String, Object>> copy = new EnumMap<>(ClientKind.class);
      byKind.forEach((kind, settings) -> copy.put(kind, Map.copyOf(settings)));
      return new ClientSettings(copy);
    }

    private static Object checked(String name, Object value) {
      if (value == null) {
        throw new InvalidConfigException(
            "Kafka setting '" + name + "' has no value. Give it one or leave it out.");
      }
      return value;
    }
  }
}
