/**
 * Puts tasks on workers. Assembling runs on an I/O thread; afterwards each task belongs to the
 * thread of its worker, and everybody else sends it mail.
 */
package dev.weir.internal.runtime;
