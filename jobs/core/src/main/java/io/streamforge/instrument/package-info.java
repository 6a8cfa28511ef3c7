/** One instrument: book, trade flow and volatility together, from messages to samples. */
package io.streamforge.instrument;
