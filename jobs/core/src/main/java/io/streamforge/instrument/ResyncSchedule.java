package io.streamforge.instrument;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to ask for a snapshot: once an incident, and again while it lasts; sooner after a snapshot
 * that could not end it, a second after the first and twice as long after each further one. All in
 * effective time. Books that break together ask one after another: each has its own place within
 * the spread.
 */
final class ResyncSchedule {
  private static final long NONE = Long.MIN_VALUE;
  private static final long DEPTH_EVERY_US = 300_000_000;
  private static final long FIRST_BACK_OFF_US = 1_000_000;

  private final long retryUs;
  private final long placeUs;
  private long incidentUs = NONE;
  private long nextUs;
  private int answers;

  /** When a snapshot was asked for last for the sake of depth. */
  private long depthUs = NONE;

  /**
   * @param retryUs time between two requests for one incident
   * @param spreadUs time over which the requests of many instruments are spread
   */
  ResyncSchedule(String instrumentId, long retryUs, long spreadUs) {
    this.retryUs = retryUs;
    this.placeUs = spreadUs == 0 ? 0 : scattered(instrumentId) % spreadUs;
  }

  /**
   * Whether a snapshot is to be asked for at a sample; {@code incident} is null while there is
   * none.
   */
  boolean isDue(Incident incident, long sampleUs) {
    if (incident == null) {
      incidentUs = NONE;
      return false;
    }
    if (incident.sinceUs() != incidentUs) {
      incidentUs = incident.sinceUs();
      nextUs = incidentUs + incident.reason().graceUs() + placeUs;
      answers = 0;
    }
    if (incident.answers() > answers) {
      answers = incident.answers();
      nextUs = Math.min(nextUs, incident.answeredUs() + backOffUs());
    }
    if (sampleUs < nextUs) {
      return false;
    }
    nextUs = sampleUs + retryUs;
    return true;
  }

  /** Whether a snapshot is to be asked for at a sample because a live book is known so little. */
  boolean isDueForDepth(long sampleUs) {
    if (depthUs != NONE && sampleUs - depthUs < DEPTH_EVERY_US) {
      return false;
    }
    depthUs = sampleUs;
    return true;
  }

  private long backOffUs() {
    return Math.min(retryUs, FIRST_BACK_OFF_US << Math.min(answers - 1, 30));
  }

  // Hashes of similar names lie close together: the golden ratio takes them apart.
  private static long scattered(String instrumentId) {
    return (instrumentId.hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(incidentUs);
    out.writeLong(nextUs);
    out.writeInt(answers);
    out.writeLong(depthUs);
  }

  void readFrom(DataInput in) throws IOException {
    incidentUs = in.readLong();
    nextUs = in.readLong();
    answers = in.readInt();
    depthUs = in.readLong();
  }
}
