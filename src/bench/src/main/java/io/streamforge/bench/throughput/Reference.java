package io.streamforge.bench.throughput;

import io.streamforge.bench.load.MarketInput;
import io.streamforge.bench.load.MarketSettings;
import io.streamforge.bench.load.PlainOutputs;
import io.streamforge.bench.load.SampleTime;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.util.Iterator;

/**
 * What has to come out, from one pass of {@link DirectMarketGraph} over the input.
 *
 * @param full of the job's own records
 * @param core of the core's records, which have no graph
 * @param warmUp how many of either come of the messages that warm up; their hash is not kept
 * @param lastSampleUs the sample that holds the newest effective time
 */
public record Reference(Answer full, Answer core, Answer warmUp, long lastSampleUs) {

  /** Computes it. */
  public static Reference of(MarketInput input) {
    return new Pass().over(input);
  }

  private static final class Pass {
    private final DirectMarketGraph market =
        new DirectMarketGraph(
            MarketSettings.withoutTopics(), PlainOutputs.of(this::symbol, this::graph));
    private Answer full = Answer.NOTHING;
    private Answer core = Answer.NOTHING;

    Reference over(MarketInput input) {
      Answer warmUp = Answer.NOTHING;
      Iterator<RawRecord> messages = input.open();
      for (int i = 0; i < input.messages(); i++) {
        RawRecord message = messages.next();
        market.completeUntil(message.receiveTimeUs() - SampleTime.AVAILABLE_AFTER_US);
        if (i == input.warmUp()) {
          warmUp = new Answer(full.symbols(), full.graphs(), 0);
        }
        market.accept(message);
      }
      long lastSampleUs = market.expected().lastUs();
      market.completeUntil(lastSampleUs);
      return new Reference(full, core, warmUp, lastSampleUs);
    }

    private void symbol(OutputRecord record) {
      full = full.plusSymbol(RecordHash.of(record.key(), record.value(), record.timestampMs()));
      core = core.plusSymbol(RecordHash.ofCore(record.value(), "/features"));
    }

    private void graph(OutputRecord record) {
      full = full.plusGraph(RecordHash.of(record.key(), record.value(), record.timestampMs()));
    }
  }
}
