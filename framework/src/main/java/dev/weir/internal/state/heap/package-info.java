/**
 * The bottom of keyed state on the heap: live objects, taken over from the layers that sink.
 * Confined to the task's thread, and walked over by an I/O thread while nothing sinks.
 */
package dev.weir.internal.state.heap;
