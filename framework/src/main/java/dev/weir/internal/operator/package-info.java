/**
 * What work is done: one operator per stage and task. An operator is the {@link
 * dev.weir.internal.operator.Output} of the one before it, so a chain of them is plain calls. Runs
 * on the task's thread; only restoring runs on an I/O thread, before the first step.
 */
package dev.weir.internal.operator;
