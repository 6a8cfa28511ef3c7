/** The mid's path over time, in steps of 100 ms. */
package io.streamforge.mid;
