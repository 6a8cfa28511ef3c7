/** What the path of a mid says: returns, realized variances, jumps and ranges. */
package io.streamforge.volatility;
