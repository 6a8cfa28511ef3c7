/** What one graph of many symbols costs. */
package io.streamforge.bench.pairs;
