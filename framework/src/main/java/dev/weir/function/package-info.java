/**
 * User code: the functions that stages are made of. All are {@link java.io.Serializable}, so that a
 * pipeline may be shipped to another engine; Weir itself never serializes them. Each parallel task
 * calls a function from one thread at a time, but several tasks may share one instance: keep state
 * in {@link dev.weir.state}, not in fields.
 */
package dev.weir.function;
