package io.streamforge.loader.feed;

import io.streamforge.loader.net.Network.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Requests on one connection, whose answers name them by their numbers. */
final class LineQuestions {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int OK = 200;

  private record Question(long sinceNanos, Consumer<Answer> then) {}

  private final Map<Long, Question> asked = new HashMap<>();

  /** A request is being sent. */
  void ask(long id, Consumer<Answer> then) {
    asked.put(id, new Question(System.nanoTime(), then));
  }

  /** An answer has come. */
  void answered(long id, byte[] text) {
    tell(id, new Answer(OK, text, 0, 0, null));
  }

  /** The venue refuses a request; false if it is none of these. */
  boolean refused(long id, String reason) {
    return tell(id, failure(reason));
  }

  /** The connection has ended. */
  void end() {
    List.copyOf(asked.keySet()).forEach(id -> tell(id, failure("the connection has ended")));
  }

  /** To be called once a second. */
  void tick(long now) {
    List.copyOf(asked.entrySet()).stream()
        .filter(each -> now - each.getValue().sinceNanos > PATIENCE_NANOS)
        .forEach(each -> tell(each.getKey(), failure("no answer in 10 s")));
  }

  private boolean tell(long id, Answer answer) {
    Question question = asked.remove(id);
    if (question != null) {
      question.then.accept(answer);
    }
    return question != null;
  }

  private static Answer failure(String reason) {
    return new Answer(0, null, 0, 0, reason);
  }
}
