/**
 * Avro values in state: written with their schema, read by Avro's own resolution. Needs {@code
 * org.apache.avro:avro}. No threads; thread-safe.
 */
package dev.weir.connectors.avro;
