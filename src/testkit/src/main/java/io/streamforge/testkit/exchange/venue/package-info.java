/** What each venue says and asks for, by its own documents and by captures. */
package io.streamforge.testkit.exchange.venue;
