package io.streamforge.bench.micro;

import io.streamforge.market.MarketEvent;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.MessageDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One message of a recording, from bytes to events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
  @Param({
    "binance-usdm-btc-eth",
    "binance-us-10",
    "okx-10",
    "kraken-v2-btc",
    "coinbase-2",
    "bybit-6",
    "bitstamp-10",
    "gemini-10"
  })
  public String recording;

  private final MessageDecoder decoder = RecordedMessages.decoder();
  private RawRecord[] messages;
  private int next;

  @Setup
  public void read() {
    messages = RecordedMessages.of(recording).toArray(new RawRecord[0]);
  }

  @Benchmark
  public List<MarketEvent> message() throws DecodeException {
    RawRecord record = messages[next];
    next = next + 1 < messages.length ? next + 1 : 0;
    return decoder.decode(record.venue(), record.keyText(), record.value(), record.receiveTimeUs());
  }
}
