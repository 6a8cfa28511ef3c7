package io.streamforge.bench.store;

import io.streamforge.market.BookUpdate;
import io.streamforge.market.MarketEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One contestant over one input, once, with a checkpoint every ten seconds of event time.
 *
 * <p>What is timed is the task's thread: messages, samples, and the pauses at barriers. While a
 * checkpoint is copied, which is another thread's work, the clock stands still and no message
 * comes: event time runs much faster here than the clock does, and a live job's checkpoints are as
 * far apart as these only in event time.
 */
final class StoreRound<O> {
  private static final long SAMPLE_US = 1_000_000;
  private static final long CHECKPOINT_US = 10_000_000;

  private final Subtask<O> subtask;
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final StreamRecord<MarketEvent> record = new StreamRecord<>(null);
  private long nextSampleUs;
  private long nextCheckpointUs;
  private long samplesNs;
  private long checkpointsNs;

  StoreRound(Subtask<O> subtask) {
    this.subtask = subtask;
  }

  /** Fills the store. */
  void fill(StoreInput input) throws Exception {
    BookUpdate first = input.events().get(0);
    nextSampleUs = after(first, SAMPLE_US);
    nextCheckpointUs = Long.MAX_VALUE;
    process(input.events().subList(0, input.measuredFrom()));
    subtask.checkpoint(); // the first holds everything, and is no increment
    nextCheckpointUs = after(input.events().get(input.measuredFrom() - 1), CHECKPOINT_US);
  }

  /** Feeds the rest, and returns how fast that was. */
  Rate measure(StoreInput input) throws Exception {
    samplesNs = 0;
    checkpointsNs = 0;
    long beganNs = System.nanoTime();
    process(input.events().subList(input.measuredFrom(), input.events().size()));
    sample(nextSampleUs);
    long ns = System.nanoTime() - beganNs - checkpointsNs;
    return Rate.of(input.measured(), ns, samplesNs, checkpoints);
  }

  private void process(List<BookUpdate> events) throws Exception {
    for (BookUpdate event : events) {
      if (event.effectiveTimeUs() >= nextSampleUs) {
        sample(event.effectiveTimeUs() / SAMPLE_US * SAMPLE_US);
        nextSampleUs = after(event, SAMPLE_US);
        if (event.effectiveTimeUs() >= nextCheckpointUs) {
          checkpoint();
          nextCheckpointUs = after(event, CHECKPOINT_US);
        }
      }
      subtask.process(record.replace(event));
    }
  }

  private void sample(long timeUs) throws Exception {
    long beganNs = System.nanoTime();
    subtask.completeUntil(timeUs);
    samplesNs += System.nanoTime() - beganNs;
  }

  private void checkpoint() throws Exception {
    long beganNs = System.nanoTime();
    Checkpoint checkpoint = subtask.checkpoint();
    checkpoints.add(checkpoint);
    checkpointsNs += System.nanoTime() - beganNs;
  }

  private static long after(BookUpdate event, long stepUs) {
    return event.effectiveTimeUs() / stepUs * stepUs + stepUs;
  }

  List<Checkpoint> checkpoints() {
    return checkpoints;
  }
}
