/**
 * Where a key belongs: its hash, its key group, and the subtask of that. The same in every JVM and
 * for ever, since it decides where state lies. Pure.
 */
package dev.weir.internal.key;
