package io.streamforge.bench.throughput.core;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamforge.bench.load.SampleTime;
import java.io.IOException;
import java.util.List;

/**
 * What Binance USDⓈ-M says of an instrument: a snapshot, a delta or a trade; a POJO of Jackson's
 * and Flink's.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class BinanceMessage {
  private static final ObjectReader STREAM = new ObjectMapper().readerFor(StreamMessage.class);

  @JsonProperty("s")
  public String symbol;

  @JsonProperty("E")
  public long eventTimeMs;

  @JsonProperty("T")
  public long transactionTimeMs;

  /** Of a delta: the last update id in it, and that of the delta before. */
  @JsonProperty("u")
  public long updateId;

  @JsonProperty("pu")
  public long previousUpdateId;

  @JsonProperty("b")
  public List<PriceLevel> bids;

  @JsonProperty("a")
  public List<PriceLevel> asks;

  @JsonProperty("p")
  public double price;

  @JsonProperty("q")
  public double quantity;

  @JsonProperty("m")
  public boolean buyerIsMaker;

  public boolean snapshot;
  public long receiveTimeUs;

  /** As the combined streams wrap it; a snapshot of the REST API stands bare. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record StreamMessage(
      BinanceMessage data,
      long lastUpdateId,
      @JsonProperty("E") long eventTimeMs,
      List<PriceLevel> bids,
      List<PriceLevel> asks) {

    BinanceMessage message() {
      if (data != null) {
        return data;
      }
      BinanceMessage snapshot = new BinanceMessage();
      snapshot.snapshot = true;
      snapshot.updateId = lastUpdateId;
      snapshot.eventTimeMs = eventTimeMs;
      snapshot.bids = bids;
      snapshot.asks = asks;
      return snapshot;
    }
  }

  /**
   * Reads a record of a raw topic.
   *
   * @param symbol the record's key
   */
  public static BinanceMessage read(String symbol, byte[] value, long receiveTimeUs)
      throws IOException {
    BinanceMessage message = STREAM.<StreamMessage>readValue(value).message();
    message.symbol = symbol;
    message.receiveTimeUs = receiveTimeUs;
    return message;
  }

  /** Whether it is one; else it is of the book. */
  public boolean trade() {
    return bids == null;
  }

  /** When it counts. */
  long effectiveTimeUs() {
    long eventTimeUs = 1000 * (trade() ? transactionTimeMs : eventTimeMs);
    return Math.max(eventTimeUs, receiveTimeUs - SampleTime.MAX_LATENESS_US);
  }
}
