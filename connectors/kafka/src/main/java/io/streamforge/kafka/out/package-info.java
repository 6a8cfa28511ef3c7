/** A job's topics out: its sinks, what a broker refuses, and who else writes there. */
package io.streamforge.kafka.out;
