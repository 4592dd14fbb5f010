package dev.weir.internal.snapshot;

/**
 * Names a durable file of a checkpoint.
 *
 * @param location path relative to the job's folder, with {@code /}
 * @param bytes its length
 * @param crc32c CRC-32C of all its bytes
 */
public record FileRef(String location, long bytes, int crc32c) {}
