package io.streamforge.cli.replay;

import io.streamforge.cli.files.OutFile;
import io.streamforge.cli.topics.OutTopics;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.market.Instrument;
import io.streamforge.marketgraph.GraphGroup;
import io.streamforge.marketgraph.Settings;
import io.streamforge.record.DeadLetterRecord;
import io.streamforge.record.GraphFeaturesRecord;
import io.streamforge.record.MarketEventOrigin;
import io.streamforge.topic.RawHeaders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a replay has given so far: one record an identity, whatever was sent again after a failure.
 * It knows when it is complete: every node of every graph has its record, and every record of a
 * node its graph.
 */
final class ReplayOutput {
  /** A record's place in its file: by time, then by key. */
  record Identity(long timeUs, String key) implements Comparable<Identity> {
    private static final Comparator<Identity> ORDER =
        Comparator.comparingLong(Identity::timeUs).thenComparing(Identity::key);

    @Override
    public int compareTo(Identity other) {
      return ORDER.compare(this, other);
    }
  }

  /** Where a dead letter came from. */
  private record Origin(String topic, int partition, long offset) implements Comparable<Origin> {
    private static final Comparator<Origin> ORDER =
        Comparator.comparing(Origin::topic)
            .thenComparingInt(Origin::partition)
            .thenComparingLong(Origin::offset);

    @Override
    public int compareTo(Origin other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Identity, byte[]> symbols = new TreeMap<>();
  private final TreeMap<Identity, byte[]> graphs = new TreeMap<>();
  private final TreeMap<Identity, byte[]> resyncs = new TreeMap<>();
  private final TreeMap<Origin, byte[]> deadLetters = new TreeMap<>();
  private final TreeMap<EventPlace, byte[]> events = new TreeMap<>();

  /** How many dead letters there are, by reason. */
  private final SortedMap<String, Long> deadLetterReasons = new TreeMap<>();

  private final GraphGroup group;
  private final GraphSettings graphSettings;

  /** Newest record by instrument. */
  private final Map<String, Long> newestOfSymbol = new HashMap<>();

  /** Graphs of which a node has its record. */
  private final Set<Identity> expectedGraphs = new HashSet<>();

  private long nodes;
  private long repeats;

  ReplayOutput(Settings settings) {
    this.group = settings.graphGroup();
    this.graphSettings = settings.graph();
  }

  void addSymbol(ConsumerRecord<byte[], byte[]> record) {
    Identity identity = identity(record);
    newestOfSymbol.merge(identity.key(), identity.timeUs(), Math::max);
    Instrument instrument = Instrument.ofId(identity.key());
    if (graphSettings.isPublishedAt(identity.timeUs()) && group.includes(instrument)) {
      expectedGraphs.add(new Identity(identity.timeUs(), group.graph(instrument)));
    }
    add(symbols, identity, record);
  }

  void addGraph(ConsumerRecord<byte[], byte[]> record) {
    if (add(graphs, identity(record), record)) {
      nodes += read(() -> GraphFeaturesRecord.read(record.value())).nodeIds().size();
    }
  }

  void addResync(ConsumerRecord<byte[], byte[]> record) {
    Identity bySymbol = identity(record);
    // Two venues may write a symbol alike; of one instrument there is one request a sample at most.
    String key = bySymbol.key() + ' ' + header(record, RawHeaders.VENUE);
    add(resyncs, new Identity(bySymbol.timeUs(), key), record);
  }

  void addDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    DeadLetterRecord letter = read(() -> DeadLetterRecord.read(record.headers()));
    Origin origin = new Origin(letter.topic(), letter.partition(), letter.offset());
    String line =
        DeadLetterLine.of(
            letter.reason(), letter.topic(), letter.venue(), record.key(), record.value());
    if (deadLetters.putIfAbsent(origin, line.getBytes(StandardCharsets.UTF_8)) != null) {
      repeats++;
    } else {
      deadLetterReasons.merge(letter.reason(), 1L, Long::sum);
    }
  }

  void addEvent(ConsumerRecord<byte[], byte[]> record) {
    MarketEventOrigin origin = read(() -> MarketEventOrigin.read(record.headers()));
    EventPlace place = read(() -> EventPlace.of(origin, record.value()));
    add(events, place, record);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  // The Kafka timestamp is the sample, in milliseconds.
  private static Identity identity(ConsumerRecord<byte[], byte[]> record) {
    return new Identity(
        record.timestamp() * 1000, new String(record.key(), StandardCharsets.UTF_8));
  }

  /** Whether the record is new; one that was there must have the same bytes. */
  private <I> boolean add(
      Map<I, byte[]> records, I identity, ConsumerRecord<byte[], byte[]> record) {
    byte[] before = records.putIfAbsent(identity, record.value());
    if (before == null) {
      return true;
    }
    if (!Arrays.equals(before, record.value())) {
      throw new IllegalStateException(
          "two different records of %s: %s".formatted(record.topic(), identity));
    }
    repeats++;
    return false;
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new IllegalStateException("a record out cannot be read", e);
    }
  }

  /**
   * Whether nothing is to come that belongs to samples until {@code lastSampleUs}.
   *
   * @param lastInstruments those that may still sample then
   */
  boolean isComplete(long lastSampleUs, Set<String> lastInstruments, long unreadable) {
    return symbols.size() >= nodes
        && !symbols.isEmpty()
        && symbols.lastKey().timeUs() >= lastSampleUs
        && lastInstruments.stream()
            .allMatch(id -> newestOfSymbol.getOrDefault(id, lastSampleUs) >= lastSampleUs)
        && graphs.keySet().containsAll(expectedGraphs)
        && deadLetters.size() >= unreadable;
  }

  /** Leaves out what was published for later samples, which are no part of the replay. */
  void dropAfter(long lastSampleUs) {
    Identity end = new Identity(lastSampleUs + 1, "");
    symbols.tailMap(end).clear();
    graphs.tailMap(end).clear();
    resyncs.tailMap(end).clear();
  }

  int graphCount() {
    return graphs.size();
  }

  int symbolCount() {
    return symbols.size();
  }

  int resyncCount() {
    return resyncs.size();
  }

  int eventCount() {
    return events.size();
  }

  int deadLetterCount() {
    return deadLetters.size();
  }

  /** How many dead letters there are, by reason. */
  SortedMap<String, Long> deadLetterReasons() {
    return deadLetterReasons;
  }

  /**
   * The books that were not trusted.
   *
   * @throws IOException if a record out cannot be read
   */
  UntrustedBooks untrustedBooks(long lastSampleUs) throws IOException {
    UntrustedBooks books = new UntrustedBooks();
    Identity end = new Identity(lastSampleUs + 1, "");
    for (byte[] record : symbols.headMap(end).values()) {
      books.addSample(record);
    }
    for (byte[] record : resyncs.headMap(end).values()) {
      books.addRequest(record);
    }
    return books;
  }

  /** Records that came more than once, byte for byte the same. */
  long repeats() {
    return repeats;
  }

  /** Writes a file a topic; samples after the last are not part of the replay. */
  void writeTo(Path directory, OutTopics topics, long lastSampleUs) throws IOException {
    Files.createDirectories(directory);
    Identity end = new Identity(lastSampleUs + 1, "");
    write(directory, topics.symbolFeatures(), symbols.headMap(end));
    write(directory, topics.graphFeatures(), graphs.headMap(end));
    write(directory, topics.bookResyncs(), resyncs.headMap(end));
    write(directory, topics.deadLetters(), deadLetters);
    if (topics.marketEvents() != null) {
      write(directory, topics.marketEvents(), events);
    }
  }

  private static void write(Path directory, String topic, Map<?, byte[]> lines) throws IOException {
    Path file = directory.resolve(topic + ".jsonl");
    try (OutputStream out = new BufferedOutputStream(new OutFile(file), 1 << 16)) {
      for (byte[] line : lines.values()) {
        out.write(line);
        out.write('\n');
      }
    }
  }
}
