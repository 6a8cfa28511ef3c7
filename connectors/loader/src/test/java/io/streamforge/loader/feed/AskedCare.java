package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

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
  public void ask(BookStream book, long id, String text, Consumer<Answer> then) {
    throw new UnsupportedOperationException("a book does not ask by itself");
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
