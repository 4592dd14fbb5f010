/** From the graph as described to the graph as it will run. Pure. */
package dev.weir.internal.plan;
