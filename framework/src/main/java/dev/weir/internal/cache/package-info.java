/**
 * Bytes of rows outside the heap, for whoever keeps the rows themselves somewhere slower. Any
 * thread; a task's never waits here.
 */
package dev.weir.internal.cache;
