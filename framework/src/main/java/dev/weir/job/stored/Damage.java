package dev.weir.job.stored;

/**
 * Something of a checkpoint that is missing or not as it was written. Immutable.
 *
 * @param object the object's name
 * @param offset where in it the damaged file begins, in bytes
 * @param what what was tried, what was found and what to do, in sentences
 */
public record Damage(String object, long offset, String what) {}
