package dev.weir.job.stored;

/**
 * A file of a checkpoint: an object of the storage, or a part of one. Immutable.
 *
 * @param object the object's name
 * @param offset where in it the file begins, in bytes
 * @param bytes the file's length
 * @param crc32c CRC-32C of its bytes
 */
public record StoredFile(String object, long offset, long bytes, int crc32c) {}
