package io.streamforge.loader.feed;

import io.streamforge.market.BookUpdate;

/**
 * A message of a book.
 *
 * @param update what its decoder reads
 * @param text what the venue sent
 * @param timeUs when it was received, microseconds since the epoch
 */
record ReceivedBook(BookUpdate update, byte[] text, long timeUs) {}
