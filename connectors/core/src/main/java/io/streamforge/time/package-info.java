/** The grid of samples, and the rules of when an event counts and when it comes too late. */
package io.streamforge.time;
