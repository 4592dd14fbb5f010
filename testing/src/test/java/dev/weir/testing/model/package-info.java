/** Has the model of the protocol, {@code docs/model/Ledger.tla}, checked by TLC. */
package dev.weir.testing.model;
