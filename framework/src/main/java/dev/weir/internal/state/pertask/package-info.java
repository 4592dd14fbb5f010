/**
 * State that belongs to tasks and not to keys: what each keeps of broadcast records, and lists
 * whose elements are spread anew when the number of tasks changes. On the heap of the task, written
 * whole into the inline part of its stage. Confined to the task's thread once it is restored.
 */
package dev.weir.internal.state.pertask;
