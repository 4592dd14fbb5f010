package dev.weir.connectors.kafka;

import static java.util.Map.entry;

import java.util.Map;

/** Settings that a user may not set, with the reason. */
final class OwnedSettings {
  private static final String BYTES =
      "Weir moves bytes; give a (de)serializer to the source's or sink's builder instead";

  static final Map<String, String> OF_CONSUMERS =
      Map.ofEntries(
          entry(
              "enable.auto.commit",
              "offsets come from checkpoints alone; a group id publishes them for monitoring"),
          entry(
              "auto.commit.interval.ms",
              "offsets come from checkpoints alone; a group id publishes them for monitoring"),
          entry(
              "isolation.level",
              "records of open or aborted transactions would be processed as if they were final; it is"
                  + " always read_committed"),
          entry(
              "auto.offset.reset",
              "a lost offset would be replaced silently; say where to begin with startFrom(...)"),
          entry("key.deserializer", BYTES),
          entry("value.deserializer", BYTES));

  static final Map<String, String> OF_PRODUCERS =
      Map.ofEntries(
          entry(
              "transactional.id",
              "it is made from the job's name and fences earlier attempts of the same job"),
          entry(
              "acks", "a checkpoint must not count on records that one broker may lose; it is all"),
          entry("enable.idempotence", "retries would double records; it is always true"),
          entry(
              "transaction.two.phase.commit.enable",
              "the ledger's record rides in the transaction, so that it needs no second phase"),
          entry("key.serializer", BYTES),
          entry("value.serializer", BYTES));

  private OwnedSettings() {}
}
