/**
 * The graphs of a market: instruments' samples in, nodes, returns and edges kept, snapshots out.
 */
package io.streamforge.graph;
