package io.streamforge.testkit.simulated;

import io.streamforge.topic.RawRecord;

/**
 * One record of the log, and what nobody who reads the log can see.
 *
 * @param book which of the run's instruments
 * @param kind what it is
 * @param state the true state that it leads to
 * @param depth levels a side of its feed
 * @param ordinal how many messages its feed has sent until that state
 * @param previous the venue's number of the message before
 * @param number the venue's number, as sent
 * @param timed whether it says when it was sent
 * @param legible how much of it can be read
 * @param note what was done to it, for people
 * @param record the record
 */
public record SimulatedMessage(
    int book,
    Kind kind,
    TrueState state,
    int depth,
    int ordinal,
    long previous,
    long number,
    boolean timed,
    Legible legible,
    String note,
    RawRecord record) {

  /** What a record is. */
  public enum Kind {
    DELTA,
    SNAPSHOT,
    ACKNOWLEDGEMENT,
    DISCONNECTED
  }

  /** How much of a record can be read. */
  public enum Legible {
    ALL,
    /** All but a level. */
    IN_PART,
    NOTHING
  }

  /** The same, received at another time and with a word more about why. */
  SimulatedMessage at(long receiveUs, String why) {
    RawRecord r = record;
    return new SimulatedMessage(
        book,
        kind,
        state,
        depth,
        ordinal,
        previous,
        number,
        timed,
        legible,
        why.isEmpty() ? note : note.isEmpty() ? why : note + ", " + why,
        new RawRecord(
            r.topic(),
            r.partition(),
            r.offset(),
            r.key(),
            r.value(),
            r.venue(),
            receiveUs,
            r.traceparent(),
            r.session(),
            r.event(),
            false));
  }

  /** The record as a line for whoever replays a run by hand. */
  @Override
  public String toString() {
    return "%d session %x %s v%d %s %s"
        .formatted(
            record.receiveTimeUs(),
            record.session() & 0xffff,
            kind,
            state.version(),
            note.isEmpty() ? "" : "[" + note + "]",
            record.value() == null
                ? "disconnected"
                : new String(record.value(), java.nio.charset.StandardCharsets.ISO_8859_1));
  }
}
