package io.streamforge.cli.replay;

import io.streamforge.cli.files.OutFile;
import io.streamforge.cli.replay.ReplayOutput.Identity;
import io.streamforge.marketgraph.DirectMarketGraph;
import io.streamforge.marketgraph.MarketGraphOptions;
import io.streamforge.marketgraph.Settings;
import io.streamforge.topic.OutputRecord;
import io.streamforge.topic.RawHeaders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a direct replay. Lines are written as soon as their sample counts, in the order that
 * {@link ReplayOutput} gives them at the end.
 */
final class DirectOutput implements AutoCloseable {
  private final TopicFile symbols;
  private final TopicFile graphs;
  private final TopicFile resyncs;
  private final OutputStream deadLetterFile;

  /** Null where the settings name no topic for events. */
  private final EventFile events;

  /** Lines by topic in, each in the order of its log. */
  private final Map<String, StringBuilder> deadLetterLines = new TreeMap<>();

  private final SortedMap<String, Long> deadLetterReasons = new TreeMap<>();
  private final UntrustedBooks untrusted = new UntrustedBooks();

  /** Begins the files anew. */
  DirectOutput(Settings settings, Path directory) throws IOException {
    Files.createDirectories(directory);
    symbols = new TopicFile(directory, settings.get(MarketGraphOptions.SYMBOL_FEATURES_TOPIC));
    graphs = new TopicFile(directory, settings.get(MarketGraphOptions.GRAPH_FEATURES_TOPIC));
    resyncs = new TopicFile(directory, settings.get(MarketGraphOptions.BOOK_RESYNC_TOPIC));
    deadLetterFile = TopicFile.open(directory, settings.get(MarketGraphOptions.DEAD_LETTERS_TOPIC));
    String eventsTopic = settings.marketEventsTopic().orElse(null);
    events = eventsTopic == null ? null : new EventFile(TopicFile.open(directory, eventsTopic));
  }

  /** Where the market's records go. */
  DirectMarketGraph.Outputs outputs() {
    return new DirectMarketGraph.Outputs(
        this::addSymbol, this::addGraph, this::addResync, this::addDeadLetter, this::addEvent);
  }

  private void addSymbol(OutputRecord record) {
    symbols.add(identity(record, ""), record.value());
  }

  private void addGraph(OutputRecord record) {
    graphs.add(identity(record, ""), record.value());
  }

  private void addResync(OutputRecord record) {
    resyncs.add(identity(record, ' ' + record.headers().get(RawHeaders.VENUE)), record.value());
  }

  private static Identity identity(OutputRecord record, String keySuffix) {
    return new Identity(
        record.timestampMs() * 1000, new String(record.key(), StandardCharsets.UTF_8) + keySuffix);
  }

  private void addDeadLetter(OutputRecord record) {
    String reason = record.headers().get("reason");
    String topic = record.headers().get("topic");
    String venue = record.headers().get(RawHeaders.VENUE);
    deadLetterReasons.merge(reason, 1L, Long::sum);
    deadLetterLines
        .computeIfAbsent(topic, of -> new StringBuilder())
        .append(DeadLetterLine.of(reason, topic, venue, record.key(), record.value()))
        .append('\n');
  }

  private void addEvent(OutputRecord record) {
    try {
      events.add(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the lines of samples up to one that is known to count. */
  void writeUntil(long sampleUs) throws IOException {
    symbols.writeUntil(sampleUs, untrusted::addSample);
    graphs.writeUntil(sampleUs, line -> {});
    resyncs.writeUntil(sampleUs, untrusted::addRequest);
  }

  /** Writes what was left for the end; samples that do not count are no part of the replay. */
  void finish() throws IOException {
    for (StringBuilder lines : deadLetterLines.values()) {
      deadLetterFile.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (events != null) {
      events.finish();
    }
  }

  int symbolCount() {
    return symbols.written;
  }

  int graphCount() {
    return graphs.written;
  }

  int resyncCount() {
    return resyncs.written;
  }

  int eventCount() {
    return events == null ? 0 : events.count();
  }

  /** How many dead letters there are, by reason. */
  SortedMap<String, Long> deadLetterReasons() {
    return deadLetterReasons;
  }

  /** The books that were not trusted at the samples that were written. */
  UntrustedBooks untrustedBooks() {
    return untrusted;
  }

  @Override
  public void close() throws IOException {
    try (deadLetterFile;
        symbols;
        graphs;
        resyncs;
        events) {
      // All are closed, whatever fails.
    }
  }

  private interface LineReader {
    void read(byte[] line) throws IOException;
  }

  /** A topic's file, and its lines that are not known to count. */
  private static final class TopicFile implements AutoCloseable {
    private final OutputStream out;
    private final TreeMap<Identity, byte[]> waiting = new TreeMap<>();
    private int written;

    TopicFile(Path directory, String topic) throws IOException {
      out = open(directory, topic);
    }

    static OutputStream open(Path directory, String topic) throws IOException {
      Path file = directory.resolve(topic + ".jsonl");
      return new BufferedOutputStream(new OutFile(file), 1 << 16);
    }

    void add(Identity identity, byte[] line) {
      waiting.put(identity, line);
    }

    void writeUntil(long sampleUs, LineReader reader) throws IOException {
      SortedMap<Identity, byte[]> counting = waiting.headMap(new Identity(sampleUs + 1, ""));
      if (counting.isEmpty()) {
        return;
      }
      for (byte[] line : counting.values()) {
        out.write(line);
        out.write('\n');
        reader.read(line);
        written++;
      }
      out.flush(); // somebody may be watching
      counting.clear();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
