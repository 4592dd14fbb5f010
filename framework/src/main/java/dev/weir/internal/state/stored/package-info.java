/**
 * Reads keyed state as it was written, by the schemas in its files, for people who look into a
 * checkpoint: no operator declares the tables, and no class of the user is there. The rows pass
 * through the same restore as those of a job. Blocks, on the thread of whoever asks.
 */
package dev.weir.internal.state.stored;
