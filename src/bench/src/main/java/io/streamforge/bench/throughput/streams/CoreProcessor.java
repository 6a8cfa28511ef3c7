package io.streamforge.bench.throughput.streams;

import io.streamforge.bench.load.SampleTime;
import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.CoreInstrument;
import io.streamforge.bench.throughput.core.CoreSample;
import io.streamforge.bench.throughput.core.CoreStore;
import io.streamforge.topic.RawHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the instruments of a partition in stores; stream time publishes them. */
final class CoreProcessor implements Processor<String, byte[], String, CoreSample> {
  static final String INSTRUMENTS = "instruments";
  static final String LEVELS = "levels";
  static final String DEFERRED = "deferred";
  static final String TRADES = "trades";
  static final String VIEWS = "views";

  // A sample is published when stream time is 600 ms past it.
  private static final Duration LOOK = Duration.ofMillis(100);

  private ProcessorContext<String, CoreSample> context;
  private KeyValueStore<String, CoreInstrument> instruments;
  private InstrumentStores stores;
  private long publishedUs = CoreInstrument.NEVER;

  @Override
  public void init(ProcessorContext<String, CoreSample> context) {
    this.context = context;
    instruments = context.getStateStore(INSTRUMENTS);
    stores =
        new InstrumentStores(
            context.getStateStore(LEVELS),
            context.getStateStore(DEFERRED),
            context.getStateStore(TRADES),
            context.getStateStore(VIEWS));
    context.schedule(LOOK, PunctuationType.STREAM_TIME, this::publish);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.value() == null) {
      return; // a heartbeat has moved stream time
    }
    byte[] received = record.headers().lastHeader(RawHeaders.RECEIVE_TIME).value();
    long receivedUs = Long.parseLong(new String(received, StandardCharsets.US_ASCII));
    BinanceMessage message;
    try {
      message = BinanceMessage.read(record.key(), record.value(), receivedUs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      accept(message, stores.of(message.symbol));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept(BinanceMessage message, CoreStore store) throws Exception {
    if (!message.trade()) {
      CoreInstrument instrument = instrument(message.symbol);
      instrument.book(message, store);
      instruments.put(message.symbol, instrument);
    } else if (CoreInstrument.trade(message, store) != CoreInstrument.NEVER) {
      instruments.put(message.symbol, instrument(message.symbol)); // one that is new has to sample
    }
  }

  private CoreInstrument instrument(String symbol) {
    CoreInstrument known = instruments.get(symbol);
    return known == null ? new CoreInstrument() : known;
  }

  private void publish(long streamTimeMs) {
    long lastUs = SampleTime.sampleUntil(streamTimeMs * 1000 - SampleTime.AVAILABLE_AFTER_US);
    if (publishedUs == CoreInstrument.NEVER) {
      publishedUs = lastUs; // the market's first message is newer
    }
    while (publishedUs < lastUs) {
      publishedUs += SampleTime.INTERVAL_US;
      for (KeyValue<String, CoreInstrument> each : all()) {
        publish(each.key, each.value, publishedUs);
      }
    }
  }

  private List<KeyValue<String, CoreInstrument>> all() {
    List<KeyValue<String, CoreInstrument>> all = new ArrayList<>();
    try (KeyValueIterator<String, CoreInstrument> each = instruments.all()) {
      each.forEachRemaining(all::add);
    }
    return all;
  }

  private void publish(String symbol, CoreInstrument instrument, long sampleUs) {
    CoreSample sample;
    try {
      sample = instrument.sample(symbol, sampleUs, stores.of(symbol));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    instruments.put(symbol, instrument);
    if (sample != null) {
      context.forward(new Record<>(sample.instrument(), sample, sampleUs / 1000));
    }
  }
}
