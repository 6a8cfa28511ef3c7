package io.streamforge.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.streamforge.cli.files.OutFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a replay did.
 *
 * @param recordsRead messages played, by topic
 * @param samples graphs published
 * @param symbolRecords records of single symbols published
 * @param notLive those of them whose book was not live
 * @param untrustedBooks the same by book, since when and why
 * @param bookGaps books that lost a message
 * @param bookResyncs requests for a snapshot
 * @param checksumFailures books that did not match the venue's checksum
 * @param lateRecords messages that counted later than they happened
 * @param staleTrades trades too old on arrival, left out
 * @param duplicateTrades trades that came before by their id, left out
 * @param tradeIdsSkipped ids of trades that are missing, where the venue counts them by one
 * @param recordsBehindWatermark messages, and samples of symbols, for samples published before;
 *     while it is 0 a replay gives the live run's bytes
 * @param marketEvents trades, and changes of books' touches and of the trust in them
 * @param deadLetters messages that could not be used, or not all of them
 * @param deadLetterReasons how many of them, by reason
 * @param repeats records that came again after a failure, byte for byte the same
 * @param seconds from the first message to the last record
 */
public record ReplaySummary(
    @JsonProperty("records_read") Map<String, Long> recordsRead,
    long samples,
    @JsonProperty("symbol_records") long symbolRecords,
    @JsonProperty("not_live") long notLive,
    @JsonProperty("untrusted_books") List<UntrustedBook> untrustedBooks,
    @JsonProperty("book_gaps") long bookGaps,
    @JsonProperty("book_resyncs") long bookResyncs,
    @JsonProperty("checksum_failures") long checksumFailures,
    @JsonProperty("late_records") long lateRecords,
    @JsonProperty("stale_trades") long staleTrades,
    @JsonProperty("duplicate_trades") long duplicateTrades,
    @JsonProperty("trade_ids_skipped") long tradeIdsSkipped,
    @JsonProperty("records_behind_watermark") long recordsBehindWatermark,
    @JsonProperty("market_events") long marketEvents,
    @JsonProperty("dead_letters") long deadLetters,
    @JsonProperty("dead_letter_reasons") Map<String, Long> deadLetterReasons,
    long repeats,
    double seconds) {

  static ReplaySummary of(EmbeddedJob market, Playback playback, double seconds)
      throws IOException {
    ReplayOutput output = playback.output();
    UntrustedBooks untrusted = output.untrustedBooks(playback.lastSampleUs());
    CounterTotals counters = market.counters();
    return new ReplaySummary(
        playback.feed().sent(),
        output.graphCount(),
        output.symbolCount(),
        untrusted.samples(),
        untrusted.all(),
        counters.of("book_gaps"),
        output.resyncCount(),
        counters.of("checksum_failures"),
        counters.of("late_records"),
        counters.of("stale_trades"),
        counters.of("duplicate_trades"),
        counters.of("trade_ids_skipped"),
        counters.of("records_behind_watermark") + counters.of("samples_behind_watermark"),
        output.eventCount(),
        output.deadLetterCount(),
        output.deadLetterReasons(),
        output.repeats(),
        Math.round(seconds * 1000) / 1000.0);
  }

  void writeTo(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    OutFile.write(file, json.writeValueAsString(this));
  }

  /**
   * Nothing more.
   *
   * @throws IOException if the recording had no message that can be read
   */
  void expectSomething() throws IOException {
    if (symbolRecords == 0) {
      throw new IOException(nothing(deadLetterReasons));
    }
  }

  /** What is to be said of a recording that has no message that can be read. */
  static String nothing(Map<String, Long> deadLetterReasons) {
    return "the recording has no message that can be read; dead letters: "
        + (deadLetterReasons.isEmpty() ? "none" : reasons(deadLetterReasons));
  }

  private static String reasons(Map<String, Long> deadLetterReasons) {
    return deadLetterReasons.entrySet().stream()
        .map(reason -> "%,d %s".formatted(reason.getValue(), reason.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** For a person. */
  String text(Path directory) {
    return """
        %s%,d messages gave %,d graphs, %,d symbol records and %,d market events in %.1f s; %,d dead letters%s, %,d book gaps, %,d checksum failures
        records behind the watermark: %,d%s
        results are in %s"""
        .formatted(
            UntrustedBooks.table(untrustedBooks),
            recordsRead.values().stream().mapToLong(Long::longValue).sum(),
            samples,
            symbolRecords,
            marketEvents,
            seconds,
            deadLetters,
            deadLetterReasons.isEmpty() ? "" : " (" + reasons(deadLetterReasons) + ")",
            bookGaps,
            checksumFailures,
            recordsBehindWatermark,
            recordsBehindWatermark == 0
                ? ""
                : " (receive times are in more disorder than source.max-out-of-orderness: another run may differ)",
            directory);
  }
}
