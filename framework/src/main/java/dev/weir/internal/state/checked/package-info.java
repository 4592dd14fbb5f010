/**
 * Finds user code that changes a value of state behind its back: an object that it handed to state
 * or got from it, and did not set again. Between user code and any backend, if {@code
 * state.check.values} says so: every value is written out three times as often. Runs on the task's
 * thread.
 */
package dev.weir.internal.state.checked;
