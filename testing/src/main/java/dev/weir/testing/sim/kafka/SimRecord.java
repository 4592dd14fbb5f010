package dev.weir.testing.sim.kafka;

import org.apache.kafka.common.header.Headers;

/**
 * A record as it is sent and kept.
 *
 * @param key may be null
 * @param value may be null
 * @param headers never null
 * @param timestamp epoch milliseconds
 */
record SimRecord(byte[] key, byte[] value, Headers headers, long timestamp) {}
