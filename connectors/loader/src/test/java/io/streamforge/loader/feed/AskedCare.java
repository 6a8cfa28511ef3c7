package io.streamforge.loader.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Keeps what a book asks of its feed. */
final class AskedCare implements BookCare {
  final List<String> asked = new ArrayList<>();
  final Queue<Runnable> soon = new ArrayDeque<>();
  int openLines = 1;

  @Override
  public void wantBook(BookStream book, String reason) {
    asked.add("book: " + reason);
  }

  @Override
  public void resubscribe(BookStream book, Line line, String reason) {
    asked.add("subscription: " + reason);
  }

  @Override
  public boolean hasOther(Line line, BookStream book) {
    return openLines > 1;
  }

  @Override
  public void soon(Runnable then) {
    soon.add(then);
  }
}
