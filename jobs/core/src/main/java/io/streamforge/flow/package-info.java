/** What the trades of an interval and of the last minute say: volume, imbalance, price impact. */
package io.streamforge.flow;
