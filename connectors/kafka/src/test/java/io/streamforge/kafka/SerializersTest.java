package io.streamforge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.admission.KnownInstruments;
import io.streamforge.kafka.log.ReadPartition;
import io.streamforge.kafka.log.ReadPartitionSerializer;
import io.streamforge.market.BookUpdate;
import io.streamforge.market.BookUpdateBuilder;
import io.streamforge.market.Checksum;
import io.streamforge.market.Instrument;
import io.streamforge.market.MarketEvent;
import io.streamforge.market.Origin;
import io.streamforge.market.Side;
import io.streamforge.market.Trade;
import io.streamforge.market.TradeIds;
import io.streamforge.state.SerializerRegistry;
import io.streamforge.state.VersionedSerializer;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.WithNull;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes in {@code resources/serializers/NAME-VERSION.hex} were written by that version and are
 * never changed. A new version adds a file.
 */
class SerializersTest {

  /** A value, and the name of the resource with its bytes. */
  record Golden<T>(String name, VersionedSerializer<T> serializer, T value) {
    byte[] stored(int version) throws IOException {
      String file = "/serializers/" + name + "-" + version + ".hex";
      try (InputStream in = SerializersTest.class.getResourceAsStream(file)) {
        assertThat(in).as("%s, now %s", file, HexFormat.of().formatHex(written())).isNotNull();
        return HexFormat.of()
            .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
      }
    }

    byte[] written() throws IOException {
      return SerializersTest.write(serializer, value);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden<?>> version1() {
    Instrument instrument = new Instrument("kraken", "XBT/USD");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("topic", "raw-trades");
    headers.put("reason", "malformed-json");
    BookUpdateBuilder book = new BookUpdateBuilder();
    return Stream.of(
        new Golden<>(
            "raw-record",
            new RawRecordSerializer(),
            new RawRecord("raw-trades", 3, 99, bytes("é"), bytes("{}"), "kraken", 1_723L)),
        new Golden<>(
            "raw-record-empty",
            new RawRecordSerializer(),
            new RawRecord("raw-trades", 3, 99, null, null, null, RawRecord.NO_TIME)),
        new Golden<>(
            "output-record",
            new OutputRecordSerializer(),
            new OutputRecord(bytes("k"), bytes("v"), 1_723_161_255_999L, headers)),
        new Golden<>(
            "output-record-empty",
            new OutputRecordSerializer(),
            new OutputRecord(null, null, -1, Map.of())),
        new Golden<>(
            "partition-sample",
            new PartitionSampleSerializer(),
            new PartitionSample("raw-trades", 3, 1_723L, 99, 101, -1)),
        new Golden<>(
            "known-instruments",
            new KnownInstrumentsSerializer(),
            new KnownInstruments("raw-trades", 3, 99, new byte[] {1, 2, 3})),
        new Golden<>(
            "read-partition",
            new ReadPartitionSerializer(),
            new ReadPartition("raw-trades", 3, 1_723L, List.of(instrument))),
        new Golden<MarketEvent>(
            "trade",
            new MarketEventSerializer(),
            new Trade(
                instrument,
                TradeIds.UNORDERED,
                -42,
                6_183_763,
                2,
                2,
                18,
                Side.SELL,
                1_723L,
                1_724L)),
        new Golden<MarketEvent>(
            "trade-with-origin",
            new MarketEventSerializer(),
            new Trade(instrument, TradeIds.UNORDERED, -42, 6, 2, 2, 18, Side.SELL, 1_723L, 1_724L)
                .under("4a5b")
                .from(new Origin(1_725L, 3, 99, 1))),
        new Golden<MarketEvent>(
            "numbered-trade-with-origin",
            new MarketEventSerializer(),
            new Trade(instrument, TradeIds.UNORDERED, 42, 6, 2, 2, 18, Side.SELL, 1_723L, 1_724L)
                .from(new Origin(1_725L, 3, 99, 1))),
        new Golden<MarketEvent>(
            "book-with-origin",
            new MarketEventSerializer(),
            delta(book.begin().delta(7, 9))
                .build(instrument, 1_723L, 1_724L)
                .from(new Origin(1_725L, 3, 99, 1))
                .trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
        new Golden<MarketEvent>(
            "book-delta",
            new MarketEventSerializer(),
            delta(book.begin().delta(7, 9)).build(instrument, 1_723L, 1_724L)),
        new Golden<MarketEvent>(
            "book-snapshot",
            new MarketEventSerializer(),
            book.begin()
                .snapshot(12)
                .depth(25)
                .complete(true, false)
                .checksum(Checksum.KRAKEN, -2)
                .build(instrument, 1_723L, 1_724L)));
  }

  private static BookUpdateBuilder delta(BookUpdateBuilder book) {
    book.level(true, 5, 1, 25, 2);
    book.level(false, 6, 0, 0, 0);
    return book;
  }

  @ParameterizedTest
  @MethodSource("version1")
  <T> void theBytesOfVersion1StayReadable(Golden<T> golden) throws IOException {
    assertThat(read(golden.serializer, golden.stored(1)))
        .usingRecursiveComparison()
        .isEqualTo(golden.value);
  }

  /** Where the newest version is another one, its bytes go into a file of their own. */
  @ParameterizedTest
  @MethodSource("version1")
  void theBytesOfTheNewestVersionAreThese(Golden<?> golden) throws IOException {
    byte[] written = golden.written();
    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo(HexFormat.of().formatHex(golden.stored(written[0])));
  }

  /** Savepoints hold them in the place of classes: a class may be renamed, an id never. */
  @Test
  void theIdsAreThese() {
    ClassLoader classes = getClass().getClassLoader();
    assertThat(SerializerRegistry.find("market-event", classes))
        .isEqualTo(new MarketEventSerializer());
    assertThat(SerializerRegistry.find("output-record", classes))
        .isEqualTo(new OutputRecordSerializer());
    assertThat(SerializerRegistry.find("partition-sample", classes))
        .isEqualTo(new PartitionSampleSerializer());
    assertThat(SerializerRegistry.find("raw-record", classes)).isEqualTo(new RawRecordSerializer());
    assertThat(SerializerRegistry.find("read-partition", classes))
        .isEqualTo(new ReadPartitionSerializer());
  }

  @ParameterizedTest
  @MethodSource("version1")
  <T> void otherVersionsAreRefused(Golden<T> golden) throws IOException {
    byte[] bytes = golden.written();
    for (int version : new int[] {-1, 0, bytes[0] + 1, 127}) {
      bytes[0] = (byte) version;
      assertThatThrownBy(() -> read(golden.serializer, bytes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found " + version);
    }
  }

  @ParameterizedTest
  @MethodSource("version1")
  <T> void copiesBytesAndNothingMore(Golden<T> golden) throws IOException {
    byte[] bytes = golden.written();
    DataOutputSerializer twice = new DataOutputSerializer(64);
    golden.serializer.serialize(golden.value, twice);
    golden.serializer.serialize(golden.value, twice);
    DataInputDeserializer in = new DataInputDeserializer(twice.getCopyOfBuffer());
    DataOutputSerializer out = new DataOutputSerializer(64);
    golden.serializer.copy(in, out);
    assertThat(out.getCopyOfBuffer()).isEqualTo(bytes);
    assertThat(in.available()).isEqualTo(bytes.length);
  }

  @Property
  void anyRawRecordIsReadAsItWasWritten(
      @ForAll String topic,
      @ForAll int partition,
      @ForAll long offset,
      @ForAll @WithNull byte[] key,
      @ForAll @WithNull byte[] value,
      @ForAll long receiveTimeUs)
      throws IOException {
    RawRecord record = new RawRecord(topic, partition, offset, key, value, null, receiveTimeUs);
    VersionedSerializer<RawRecord> serializer = new RawRecordSerializer();
    assertThat(read(serializer, write(serializer, record)))
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  @Test
  void aTraceContextGoesWithRecordAndBook() throws IOException {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    RawRecordSerializer raw = new RawRecordSerializer();
    RawRecord record = new RawRecord("t", 0, 0, null, null, null, 0, parent, 0, null, true);
    assertThat(read(raw, write(raw, record))).isEqualTo(record);

    MarketEventSerializer events = new MarketEventSerializer();
    BookUpdate update =
        delta(new BookUpdateBuilder().begin().delta(7, 9))
            .build(new Instrument("kraken", "XBT/USD"), 1_723L, 1_724L)
            .trace(parent);
    assertThat(read(events, write(events, update))).usingRecursiveComparison().isEqualTo(update);
  }

  @Test
  void whatAProducerPutsIntoAHeaderMayBeLong() throws IOException {
    String venue = "v".repeat(100_000) + "é😀";
    RawRecord record = new RawRecord("t", 0, 0, null, null, venue, 0);
    RawRecordSerializer raw = new RawRecordSerializer();
    assertThat(read(raw, write(raw, record)).venue()).isEqualTo(venue);
    OutputRecord letter = new OutputRecord(null, null, -1, Map.of("venue", venue));
    OutputRecordSerializer output = new OutputRecordSerializer();
    assertThat(read(output, write(output, letter)).headers()).isEqualTo(letter.headers());
  }

  private static <T> byte[] write(VersionedSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> T read(VersionedSerializer<T> serializer, byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    T value = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return value;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
