/**
 * The checker's own test: mistakes are planted into copies of the engine's sources, each of the
 * shape of one that has broken exactly-once somewhere, and the simulation has to find each.
 */
package dev.weir.testing.proof.planted;
