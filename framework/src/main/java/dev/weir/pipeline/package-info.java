/**
 * How a user describes work: a {@link dev.weir.pipeline.Pipeline} of named stages, from which an
 * immutable {@link dev.weir.pipeline.LogicalGraph} is made. Nothing here runs anything. Building is
 * for one thread.
 */
package dev.weir.pipeline;
