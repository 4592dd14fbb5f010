package dev.weir.job;

import java.net.URI;

/**
 * A completed checkpoint that was copied on request. Immutable. It is self-contained and can be
 * moved: all that it names lies beside it. It is its owner's: Weir never removes it.
 *
 * @param location where it lies
 * @param job the job that it was taken of
 * @param checkpointId the checkpoint that it is a copy of
 */
public record Savepoint(URI location, String job, long checkpointId) {}
