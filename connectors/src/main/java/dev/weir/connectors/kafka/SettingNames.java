package dev.weir.connectors.kafka;

import dev.weir.error.InvalidConfigException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which clients a setting goes to. The rule: a name with the prefix {@code consumer.},
 * {@code producer.} or {@code admin.} goes to that kind of client alone; any other goes to each
 * kind that knows it. A name that no client knows is an error, unless it begins as the settings of
 * plug-ins do ({@link #PLUG_INS}): then it goes to all. Pure.
 */
final class SettingNames {
  /** Beginnings of names that belong to plug-ins of the clients, and so cannot be checked. */
  static final List<String> PLUG_INS =
      List.of(
          "sasl.", "ssl.", "security.", "config.providers.", "interceptor.", "metric.reporter.");

  private static final int MAX_SUGGESTION_DISTANCE = 4;

  private SettingNames() {}

  /** The kinds among those used that take this setting. */
  static Set<ClientKind> takers(String name, Set<ClientKind> used) {
    for (ClientKind kind : ClientKind.values()) {
      if (name.startsWith(kind.prefix())) {
        return takersOfPrefixed(name, kind, used);
      }
    }
    Set<ClientKind> takers = EnumSet.noneOf(ClientKind.class);
    for (ClientKind kind : used) {
      refuseOwned(name, name, kind);
      if (kind.names().contains(name) || isOfPlugIn(name)) {
        takers.add(kind);
      }
    }
    if (takers.isEmpty()) {
      throw unknown(name, name, used);
    }
    return takers;
  }

  /** The name as the client knows it. */
  static String withoutPrefix(String name) {
    for (ClientKind kind : ClientKind.values()) {
      if (name.startsWith(kind.prefix())) {
        return name.substring(kind.prefix().length());
      }
    }
    return name;
  }

  private static Set<ClientKind> takersOfPrefixed(
      String name, ClientKind kind, Set<ClientKind> used) {
    String bare = withoutPrefix(name);
    if (!used.contains(kind)) {
      throw new InvalidConfigException(
          "Kafka setting '"
              + name
              + "' is for a client that this connector does not have. Remove it.");
    }
    refuseOwned(name, bare, kind);
    if (!kind.names().contains(bare) && !isOfPlugIn(bare)) {
      throw unknown(name, bare, EnumSet.of(kind));
    }
    return EnumSet.of(kind);
  }

  private static void refuseOwned(String name, String bare, ClientKind kind) {
    String reason = kind.owned().get(bare);
    if (reason != null) {
      throw new InvalidConfigException(
          "Kafka setting '" + name + "' is Weir's own: " + reason + ". Remove it.");
    }
  }

  private static boolean isOfPlugIn(String name) {
    return PLUG_INS.stream().anyMatch(name::startsWith);
  }

  private static InvalidConfigException unknown(String name, String bare, Set<ClientKind> kinds) {
    Set<String> known = new TreeSet<>();
    kinds.forEach(kind -> known.addAll(kind.names()));
    return new InvalidConfigException(
        "Kafka setting '"
            + name
            + "' is unknown to this connector's clients."
            + NearestName.among(known, bare, MAX_SUGGESTION_DISTANCE)
                .map(near -> " Did you mean '" + near + "'?")
                .orElse("")
            + " If it belongs to a plug-in of a client, set it with plugInProperty(...).");
  }
}
