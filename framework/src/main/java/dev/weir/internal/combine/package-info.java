/**
 * What a task puts together before it leaves the task: records of one key and window become one
 * partial aggregate. Confined to the writing task's thread.
 */
package dev.weir.internal.combine;
