/** The Flink job that measures every instrument and keeps a graph of them. */
package io.streamforge.marketgraph;
