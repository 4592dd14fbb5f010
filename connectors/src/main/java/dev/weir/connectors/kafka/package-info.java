/**
 * What Kafka sources and sinks share: how clients are made, how their settings are checked, how
 * their failures are told. No threads of its own. Knows neither {@code source} nor {@code sink}.
 */
package dev.weir.connectors.kafka;
