/**
 * Event time as the user describes it: watermarks and windows; and the clock that the engine reads.
 */
package dev.weir.time;
