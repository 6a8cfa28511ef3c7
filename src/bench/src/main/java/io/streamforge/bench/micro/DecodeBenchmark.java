package io.streamforge.bench.micro;

import io.streamforge.market.MarketEvent;
import io.streamforge.market.RecentInstruments;
import io.streamforge.testkit.jackson.JacksonBinanceDecoder;
import io.streamforge.time.TimePolicy;
import io.streamforge.topic.RawRecord;
import io.streamforge.wire.Arrival;
import io.streamforge.wire.DecodeException;
import io.streamforge.wire.Decoded;
import io.streamforge.wire.MessageDecoder;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One message of a recording, from bytes to events: by the job's decoder, and Binance's also by
 * Jackson's streaming parser, to the same events.
 */
public class DecodeBenchmark {

  /** The messages of a recording, one after another, and again. */
  private static final class Messages {
    private final List<RawRecord> all;
    private Iterator<RawRecord> left = Collections.emptyIterator();

    Messages(String recording) {
      all = RecordedMessages.of(recording);
    }

    RawRecord next() {
      left = left.hasNext() ? left : all.iterator();
      return left.next();
    }
  }

  /** A recording of any venue. */
  @State(Scope.Thread)
  public static class AnyVenue {
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
    private Messages messages;

    @Setup
    public void read() {
      messages = new Messages(recording);
    }
  }

  /** A recording of the venue that both decode. */
  @State(Scope.Thread)
  public static class Binance {
    @Param({"binance-usdm-btc-eth", "binance-us-10"})
    public String recording;

    private final JacksonBinanceDecoder decoder = new JacksonBinanceDecoder();
    final Decoded events = new Decoded();
    private final TimePolicy time = RecordedMessages.time();
    private final RecentInstruments instruments = new RecentInstruments();
    private Messages messages;

    @Setup
    public void read() {
      messages = new Messages(recording);
    }
  }

  @Benchmark
  public List<MarketEvent> message(AnyVenue of) throws DecodeException {
    RawRecord record = of.messages.next();
    return of.decoder.decode(
        record.venue(), record.keyText(), record.value(), record.receiveTimeUs());
  }

  @Benchmark
  public List<MarketEvent> messageByJackson(Binance of) throws DecodeException {
    RawRecord record = of.messages.next();
    of.events.begin();
    of.decoder.decode(
        record.value(),
        new Arrival(
            record.keyText(), record.venue(), record.receiveTimeUs(), of.time, of.instruments),
        of.events);
    return of.events.events();
  }
}
