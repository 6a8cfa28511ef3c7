package io.streamforge.book;

/** The plain book passes the same suite. */
class PlainBookTest extends BookSuite {

  @Override
  BookUnderTest book(String venue) {
    return new BookUnderTest.Plain(venue);
  }
}
