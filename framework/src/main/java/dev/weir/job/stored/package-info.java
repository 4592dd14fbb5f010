/**
 * What lies in a checkpoint storage or a savepoint, told to people and their tools by {@code
 * Weir.checkpoints}, {@code Weir.verify} and {@code Weir.readState}. Facts only, on any thread.
 */
package dev.weir.job.stored;
