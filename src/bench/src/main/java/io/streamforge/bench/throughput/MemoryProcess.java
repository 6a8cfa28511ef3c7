package io.streamforge.bench.throughput;

import io.streamforge.bench.load.MarketInput;
import io.streamforge.bench.load.MarketSettings;
import io.streamforge.bench.load.PlainOutputs;
import io.streamforge.bench.load.SampleTime;
import io.streamforge.bench.process.JavaProcess;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * L0 in a process of its own: all messages in memory, then {@link DirectMarketGraph} over them in
 * order of receive time. It says a line when it is warm, goes on when it is told to, and says its
 * answer. Arguments: the input's fields, and the reference's last sample.
 */
final class MemoryProcess {
  private Answer answer = Answer.NOTHING;
  private final DirectMarketGraph market =
      new DirectMarketGraph(
          MarketSettings.withoutTopics(),
          PlainOutputs.of(
              record -> answer = answer.plusSymbol(hash(record)),
              record -> answer = answer.plusGraph(hash(record))));

  public static void main(String[] args) throws Exception {
    MarketInput input =
        new MarketInput(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    long lastSampleUs = Long.parseLong(args[3]);
    List<RawRecord> messages = new ArrayList<>(input.messages());
    Iterator<RawRecord> made = input.open();
    while (messages.size() < input.messages()) {
      messages.add(made.next());
    }
    MemoryProcess process = new MemoryProcess();
    process.accept(messages.subList(0, input.warmUp()));
    process.complete(messages.get(input.warmUp()).receiveTimeUs());
    System.out.println("warm");
    if (System.in.read() < 0) {
      return;
    }
    process.accept(messages.subList(input.warmUp(), messages.size()));
    process.market.completeUntil(lastSampleUs);
    Answer answer = process.answer;
    System.out.println(answer.symbols() + " " + answer.graphs() + " " + answer.hash());
    JavaProcess.awaitEndOfInput();
  }

  private void accept(List<RawRecord> messages) {
    for (RawRecord message : messages) {
      complete(message.receiveTimeUs());
      market.accept(message);
    }
  }

  private void complete(long receiveTimeUs) {
    market.completeUntil(receiveTimeUs - SampleTime.AVAILABLE_AFTER_US);
  }

  private static long hash(OutputRecord record) {
    return RecordHash.of(record.key(), record.value(), record.timestampMs());
  }
}
