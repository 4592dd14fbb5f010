/**
 * Looks into savepoints for people and tests, before a job begins from one. Blocks, on the thread
 * of whoever asks; reads only.
 */
package dev.weir.internal.job.inspect;
