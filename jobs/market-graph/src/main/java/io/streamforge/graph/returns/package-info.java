/** Returns of a graph's nodes over its windows, and their exact moments. */
package io.streamforge.graph.returns;
