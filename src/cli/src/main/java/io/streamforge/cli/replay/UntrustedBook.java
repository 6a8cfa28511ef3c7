package io.streamforge.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Successive samples of an instrument at which its book could not be trusted, all with one status.
 *
 * @param instrument {@code venue:symbol}
 * @param status of {@code symbol-features}: {@code gap} for one
 * @param reason of the first request for a snapshot meanwhile, as in {@code book-resync}; null if
 *     none was asked for
 * @param fromUs the first of the samples, microseconds since the epoch
 * @param toUs the last of them
 * @param samples how many
 */
public record UntrustedBook(
    String instrument,
    String status,
    String reason,
    @JsonProperty("from_us") long fromUs,
    @JsonProperty("to_us") long toUs,
    long samples) {

  UntrustedBook andAt(long sampleUs) {
    return new UntrustedBook(instrument, status, reason, fromUs, sampleUs, samples + 1);
  }

  UntrustedBook because(String asked) {
    return new UntrustedBook(instrument, status, asked, fromUs, toUs, samples);
  }
}
