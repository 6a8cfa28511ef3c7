/** How long a graph takes, at a rate that does not wait for it. */
package io.streamforge.bench.latency;
