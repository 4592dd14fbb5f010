/**
 * Keyed state as user code sees it: descriptors, which name it, and handles, which read and write
 * it for the current key. Handles are confined to the task thread.
 */
package dev.weir.state;
