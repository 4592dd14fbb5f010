package dev.weir.connectors.kafka.source;

import dev.weir.connectors.kafka.ClientSettings;
import dev.weir.connectors.kafka.KafkaClients;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the parts of one Kafka source need to know. Immutable. */
record SourceOptions(
    Set<String> topics,
    StartOffsets start,
    Optional<StopOffsets> stop,
    Optional<Duration> discoveryInterval,
    ClientSettings settings,
    KafkaClients clients) {}
