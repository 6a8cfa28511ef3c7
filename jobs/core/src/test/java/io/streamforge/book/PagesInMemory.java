package io.streamforge.book;

import io.streamforge.market.Instrument;
import io.streamforge.window.PageStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A book's stored form, and how often its pages were written. */
public final class PagesInMemory implements PageStore {
  final Map<Long, byte[]> pages = new TreeMap<>();
  byte[] header;
  int puts;

  @Override
  public byte[] get(long page) throws IOException {
    if (!pages.containsKey(page)) {
      throw new IOException("page " + page + " is lost");
    }
    return pages.get(page);
  }

  @Override
  public void put(long page, byte[] bytes) {
    puts++;
    pages.put(page, bytes);
  }

  @Override
  public void remove(long page) {
    pages.remove(page);
  }

  void write(OrderBook book) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      book.writeTo(new DataOutputStream(bytes), this);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    header = bytes.toByteArray();
  }

  OrderBook read(BookLimits limits) {
    OrderBook book = new OrderBook(limits);
    try {
      book.readFrom(
          new DataInputStream(new ByteArrayInputStream(header)), this, new Instrument("v", "s"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return book;
  }

  /** What a book is like that was written and read back. */
  OrderBook restarted(OrderBook book, BookLimits limits) {
    write(book);
    return read(limits);
  }
}
