/**
 * What can go wrong, as types. A message says what was tried, what was found (ids, paths, values)
 * and what to do. Immutable; safe from any thread.
 */
package dev.weir.error;
