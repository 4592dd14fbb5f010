/**
 * Rows on the heap: what changed in one table between two barriers, by key, by time and by owner.
 * Changed by the thread of the task that has the table; once a layer is frozen others may read it.
 * Knows nothing of what is above and below a layer.
 */
package dev.weir.internal.row;
