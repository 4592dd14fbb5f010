/** What every room may use: checks, closing, crash points. No threads, no I/O of its own. */
package dev.weir.internal.base;
