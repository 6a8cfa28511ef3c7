/** The command bench and its list of benchmarks. */
package io.streamforge.bench;
