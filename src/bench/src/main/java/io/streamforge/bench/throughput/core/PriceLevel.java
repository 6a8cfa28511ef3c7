package io.streamforge.bench.throughput.core;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A level in a message: {@code ["price","quantity"]}; a POJO of Jackson's and Flink's. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"price", "quantity"})
public final class PriceLevel {
  public double price;
  public double quantity;
}
