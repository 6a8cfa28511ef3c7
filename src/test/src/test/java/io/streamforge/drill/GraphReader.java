package io.streamforge.drill;

import io.streamforge.testkit.feed.OutputReader;
import io.streamforge.testkit.feed.RunTopics;
import io.streamforge.testkit.feed.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the graphs of a run as they come, to know how far the job is. */
final class GraphReader implements AutoCloseable {
  /** As old as a graph is when nothing happens, and a second more. */
  private static final long PROMPT_US = 2_700_000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final OutputReader reader;
  private final List<Step> steps = new ArrayList<>();
  private long newestUs = Long.MIN_VALUE;

  /** A graph of a later sample than any before, and when it was read. */
  record Step(long sampleUs, long readUs) {}

  GraphReader(RunTopics topics) {
    reader =
        new OutputReader(topics.bootstrapServers(), false, PATIENCE, this::graph, topics.graphs());
  }

  private void graph(ConsumerRecord<byte[], byte[]> record) {
    long sampleUs = record.timestamp() * 1000;
    if (sampleUs > newestUs) { // else a repeat
      newestUs = sampleUs;
      steps.add(new Step(sampleUs, WallClock.nowUs()));
    }
  }

  /** The newest sample that has been read of. */
  long newestUs() {
    return newestUs;
  }

  /** Whether the newest sample is about as new as when nothing happens. */
  boolean isPrompt() {
    return newestUs >= WallClock.nowUs() - PROMPT_US;
  }

  /** The step after the longest time without one, of those that were read after a time. */
  Step afterLongestSilence(long fromUs) {
    Step found = null;
    long longestUs = -1;
    for (int i = 1; i < steps.size(); i++) {
      Step step = steps.get(i);
      long silenceUs = step.readUs() - steps.get(i - 1).readUs();
      if (step.readUs() > fromUs && silenceUs > longestUs) {
        longestUs = silenceUs;
        found = step;
      }
    }
    return found;
  }

  /** The first step that was read, from a time on, when its sample was about as new as usual. */
  Step firstPrompt(long fromUs) {
    return steps.stream()
        .filter(step -> step.readUs() >= fromUs && step.readUs() - step.sampleUs() <= PROMPT_US)
        .findFirst()
        .orElseThrow();
  }

  /** Reads until for a moment nothing more comes. */
  void readAll() {
    boolean more = true;
    while (more) {
      more = reader.read();
    }
  }

  /**
   * Reads until something holds.
   *
   * @throws IOException if nothing at all comes for five minutes
   */
  void readUntil(BooleanSupplier holds) throws IOException {
    if (!reader.readUntil(holds)) {
      throw new IOException("the job has put out nothing for five minutes");
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
