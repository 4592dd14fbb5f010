/**
 * The commands {@code inspect} and {@code diff}: read-only looks at checkpoints and savepoints, by
 * the public API alone. One thread, which may block.
 */
package dev.weir.cli;
