/** JVMs of their own for whatever is measured. */
package io.streamforge.bench.process;
