/** What OKX and Bitget say, word for word, and recorded markets told anew in their words. */
package io.streamforge.testkit.exchange.wording;
