package io.streamforge.bench.throughput.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.bench.throughput.core.BinanceMessage;
import io.streamforge.bench.throughput.core.BookView;
import io.streamforge.bench.throughput.core.CoreInstrument;
import io.streamforge.bench.throughput.core.TradeSums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How values are kept: in few bytes, but for messages, which are rare and kept as JSON. */
final class StateSerdes {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final Serde<CoreInstrument> INSTRUMENT =
      binary(CoreInstrument::writeTo, CoreInstrument::readFrom);
  static final Serde<TradeSums> TRADES = binary(TradeSums::writeTo, TradeSums::readFrom);
  static final Serde<BookView> VIEW = binary(BookView::writeTo, BookView::readFrom);
  static final Serde<BinanceMessage> MESSAGE = json(BinanceMessage.class);

  private interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInput in) throws IOException;
  }

  private interface Coding<A, B> {
    B apply(A value) throws IOException;
  }

  private StateSerdes() {}

  private static <T> Serde<T> binary(Writer<T> writer, Reader<T> reader) {
    return serde(
        value -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
          writer.write(value, new DataOutputStream(bytes));
          return bytes.toByteArray();
        },
        bytes -> reader.read(new DataInputStream(new ByteArrayInputStream(bytes))));
  }

  static <T> Serde<T> json(Class<T> type) {
    return serde(JSON::writeValueAsBytes, bytes -> JSON.readValue(bytes, type));
  }

  private static <T> Serde<T> serde(Coding<T, byte[]> write, Coding<byte[], T> read) {
    return Serdes.serdeFrom(
        (topic, value) -> apply(write, value), (topic, bytes) -> apply(read, bytes));
  }

  private static <A, B> B apply(Coding<A, B> coding, A value) {
    try {
      return value == null ? null : coding.apply(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
