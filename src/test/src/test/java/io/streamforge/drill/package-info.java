/** What happens to a cluster of processes in bad hours, with a stopwatch. */
package io.streamforge.drill;
