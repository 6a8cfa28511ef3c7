/**
 * Made-up markets whose truth is known, told in the venues' own words, over a feed that loses,
 * repeats, disorders and spoils what it carries, sharing nothing with what reads it.
 */
package io.streamforge.testkit.simulated;
