/**
 * What every room may use: checks, closing, crash points, the port for threads. No I/O of its own.
 */
package dev.weir.internal.base;
