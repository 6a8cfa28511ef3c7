package io.streamforge.engine;

import io.streamforge.instrument.SymbolSample;
import io.streamforge.market.InstrumentRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The samples whose quote's rate is the mid of another instrument, while they wait for it: each is
 * published at the mid as of its time, or without a rate where there is none.
 */
public final class ReferenceRates {
  private final InstrumentRegistry registry;
  private final List<SymbolSample> waiting = new ArrayList<>();

  /** Reference units for one base unit, by sample and instrument. */
  private final TreeMap<Long, Map<String, Double>> rates = new TreeMap<>();

  public ReferenceRates(InstrumentRegistry registry) {
    this.registry = registry;
  }

  /** Whether a sample waits for a rate; if not, it is published at its own. */
  public boolean isNeededBy(SymbolSample sample) {
    return !registry.of(sample.instrument()).hasFixedRate();
  }

  /** Keeps a sample until the rates of its time are here. */
  public void await(SymbolSample sample) {
    waiting.add(sample);
  }

  /** Samples that wait, in the order in which they came. */
  public List<SymbolSample> waiting() {
    return List.copyOf(waiting);
  }

  /** Takes the mid of an instrument as the rate of others' quotes. */
  public void put(SymbolSample sample) {
    double rate = sample.mid() * registry.of(sample.instrument()).referenceRate();
    put(sample.instrument().id(), sample.timeUs(), rate);
  }

  /** Takes a rate: reference units for one base unit of an instrument at a sample. */
  public void put(String instrumentId, long sampleUs, double rate) {
    rates.computeIfAbsent(sampleUs, time -> new TreeMap<>()).put(instrumentId, rate);
  }

  /** Hands over the rates that are kept, those of a time together. */
  public void forEachRate(BiConsumer<Long, Map<String, Double>> ofSample) {
    rates.forEach(ofSample);
  }

  /** Publishes the samples up to {@code completeUs}: all rates as of them are here. */
  public void completeUntil(long completeUs, Consumer<SymbolSample> out) {
    waiting.removeIf(
        sample -> {
          boolean complete = sample.timeUs() <= completeUs;
          if (complete) {
            out.accept(sample.at(rate(sample)));
          }
          return complete;
        });
    rates.headMap(completeUs, true).clear();
  }

  private double rate(SymbolSample sample) {
    return rates
        .getOrDefault(sample.timeUs(), Map.of())
        .getOrDefault(registry.of(sample.instrument()).rateFrom(), Double.NaN);
  }
}
