/**
 * Protobuf messages in state: written with the descriptor of their type, read by field number.
 * Needs {@code com.google.protobuf:protobuf-java}. No threads; thread-safe.
 */
package dev.weir.connectors.protobuf;
