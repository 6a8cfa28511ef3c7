package io.streamforge.instrument;

import io.streamforge.market.BookUpdate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Why a book cannot be used until its feed sends a snapshot.
 *
 * @param sinceUs effective time of the message that showed it
 * @param expected the sequence that should have come, {@link BookUpdate#NO_SEQUENCE} where that
 *     says nothing
 * @param received the sequence that came instead, likewise
 * @param traceparent trace context of the message that showed it, null for none
 * @param answers snapshots that came and could not end it: unreadable, or taken before it
 * @param answeredUs effective time of the last of them
 */
public record Incident(
    Reason reason,
    long sinceUs,
    long expected,
    long received,
    String traceparent,
    int answers,
    long answeredUs) {
  private static final int NONE = 0;
  private static final int UNTRACED = 1;
  private static final int TRACED = 2;

  /** What a feed has to repair. */
  public enum Reason {
    GAP(0, "gap", 0),
    CHECKSUM_MISMATCH(1, "checksum-mismatch", 0),
    /** Venues cross for a moment; a second is none. */
    CROSSED(2, "crossed", 1_000_000),
    /** Feeds send deltas before their snapshot; most send that within a second. */
    NO_SNAPSHOT(3, "no-snapshot", 1_000_000),
    /** The venue's numbers fell back. */
    COUNTS_ANEW(4, "counts-anew", 0),
    /** A message of the book could not be read. */
    UNREADABLE(5, "unreadable", 0),
    /** The feed has lost its connection, and gets a snapshot with the next one. */
    DISCONNECTED(6, "disconnected", 1_000_000),
    /** A live book is known less far than a snapshot would show: the least urgent of all. */
    SHALLOW(7, "shallow", 0),
    /** The log has lost records before they were read: its feed knows nothing of it. */
    LOST_RECORDS(8, "lost-records", 0);

    private static final Reason[] BY_CODE = values();

    private final int code;
    private final String text;
    private final long graceUs;

    Reason(int code, String text, long graceUs) {
      this.code = code;
      this.text = text;
      this.graceUs = graceUs;
    }

    /** The form that stands in records. */
    public String text() {
      return text;
    }

    /** How long it may last before a snapshot is asked for, microseconds. */
    public long graceUs() {
      return graceUs;
    }
  }

  /** An incident that no snapshot has answered. */
  static Incident of(
      Reason reason, long sinceUs, long expected, long received, String traceparent) {
    return new Incident(reason, sinceUs, expected, received, traceparent, 0, sinceUs);
  }

  /** The same after a snapshot that could not end it. */
  Incident answeredInVain(long timeUs) {
    return new Incident(reason, sinceUs, expected, received, traceparent, answers + 1, timeUs);
  }

  /** Writes an incident, or that there is none. */
  static void write(Incident incident, DataOutput out) throws IOException {
    out.writeByte(incident == null ? NONE : incident.traceparent == null ? UNTRACED : TRACED);
    if (incident != null) {
      out.writeByte(incident.reason.code);
      out.writeLong(incident.sinceUs);
      out.writeLong(incident.expected);
      out.writeLong(incident.received);
      out.writeInt(incident.answers);
      out.writeLong(incident.answeredUs);
      if (incident.traceparent != null) {
        out.writeUTF(incident.traceparent);
      }
    }
  }

  /** Reads what {@link #write} wrote; null for none. */
  static Incident read(DataInput in) throws IOException {
    int form = in.readByte();
    if (form == NONE) {
      return null;
    }
    Reason reason = Reason.BY_CODE[in.readByte()];
    long sinceUs = in.readLong();
    long expected = in.readLong();
    long received = in.readLong();
    int answers = in.readInt();
    long answeredUs = in.readLong();
    String traceparent = form == TRACED ? in.readUTF() : null;
    return new Incident(reason, sinceUs, expected, received, traceparent, answers, answeredUs);
  }
}
