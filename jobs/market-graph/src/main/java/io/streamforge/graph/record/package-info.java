/** What a snapshot of a graph says: edges, attributes, and its record graph-features/1. */
package io.streamforge.graph.record;
