package dev.weir.connector;

/** What a sink's writer may use. */
public interface SinkContext extends ConnectorContext {
  /**
   * @return the job's ledger of this attempt; a sink that offered one recognises its own
   */
  CheckpointLedger ledger();
}
