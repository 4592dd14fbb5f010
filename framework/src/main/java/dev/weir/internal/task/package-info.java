/**
 * One subtask of a chain as a state machine that is stepped: mail first, then a bounded batch of
 * input. Everything here is confined to the thread of the worker that steps the task.
 */
package dev.weir.internal.task;
