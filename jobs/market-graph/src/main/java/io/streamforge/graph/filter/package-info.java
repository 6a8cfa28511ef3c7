/** Which pairs of nodes become edges: trees, nearest neighbours, thresholds. */
package io.streamforge.graph.filter;
