/**
 * Questions about the state of a running job: taken from any thread, brought to the tasks that have
 * it, answered on an I/O thread. Touches nothing of the job.
 */
package dev.weir.internal.query;
