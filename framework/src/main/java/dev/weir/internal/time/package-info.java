/** Watermarks and timers. Pure but for the timers' tables; confined to the task thread. */
package dev.weir.internal.time;
