package io.streamforge.cli.recording;

import io.streamforge.testkit.RawMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Several recordings as one, in order of receive time; at the same time in the order in which they
 * were given.
 */
public final class Recordings implements AutoCloseable {
  private final List<Recording> recordings = new ArrayList<>();
  private final long untilUs;
  private Set<String> topics;

  public Recordings(List<Path> files) throws IOException {
    this(files, Long.MAX_VALUE);
  }

  /**
   * @param untilUs a receive time: what was received then or later is left out
   */
  public Recordings(List<Path> files, long untilUs) throws IOException {
    this.untilUs = untilUs;
    for (Path file : files) {
      recordings.add(new Recording(file));
    }
  }

  /** Time between the first and the last message of some files, microseconds. */
  public static long spanUs(List<Path> files) throws IOException {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (Recordings all = new Recordings(files)) {
      for (RawMessage message = all.poll(); message != null; message = all.poll()) {
        first = Math.min(first, message.receiveTimeUs());
        last = Math.max(last, message.receiveTimeUs());
      }
    }
    return Math.max(0, last - first);
  }

  /** From now on, refuses messages of topics other than these. */
  public void refuseOtherThan(Set<String> topics) {
    this.topics = topics;
  }

  /**
   * Takes the next message; null at the end.
   *
   * @throws IllegalArgumentException if it is of a topic that is refused
   * @throws java.io.UncheckedIOException if a line cannot be read
   */
  public RawMessage poll() {
    Recording earliest = null;
    for (Recording recording : recordings) {
      if (recording.peek() != null
          && (earliest == null
              || recording.peek().receiveTimeUs() < earliest.peek().receiveTimeUs())) {
        earliest = recording;
      }
    }
    if (earliest == null || earliest.peek().receiveTimeUs() >= untilUs) {
      return null;
    }
    String topic = earliest.peek().topic();
    if (topics != null && !topics.contains(topic)) {
      throw new IllegalArgumentException(
          "%s is of topic '%s', must be of one that the job reads: %s"
              .formatted(earliest.place(), topic, String.join(", ", topics)));
    }
    return earliest.poll();
  }

  @Override
  public void close() throws IOException {
    for (Recording recording : recordings) {
      recording.close();
    }
  }
}
