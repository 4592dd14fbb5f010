/**
 * What implementations of Weir's interfaces must do, as tests to be run on them: implement the
 * contract's interface in a test class and say how to make the thing.
 */
package dev.weir.testing.contract;
