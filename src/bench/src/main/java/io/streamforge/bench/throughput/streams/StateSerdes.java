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

  private StateSerdes() {}

  private static <T> Serde<T> binary(Writer<T> writer, Reader<T> reader) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          if (value == null) {
            return null;
          }
          ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
          try {
            writer.write(value, new DataOutputStream(bytes));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return bytes.toByteArray();
        },
        (topic, bytes) -> {
          if (bytes == null) {
            return null;
          }
          try {
            return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  static <T> Serde<T> json(Class<T> type) {
    return Serdes.serdeFrom(
        (topic, value) -> {
          try {
            return value == null ? null : JSON.writeValueAsBytes(value);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        (topic, bytes) -> {
          try {
            return bytes == null ? null : JSON.readValue(bytes, type);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
