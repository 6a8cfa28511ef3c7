package io.streamforge.instrument;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When to ask for a snapshot: once an incident, and again while it lasts. All in effective time.
 * Books that break together ask one after another: each has its own place within the spread.
 */
final class ResyncSchedule {
  private static final long NONE = Long.MIN_VALUE;

  private final long retryUs;
  private final long placeUs;
  private long incidentUs = NONE;
  private long nextUs;

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
    }
    if (sampleUs < nextUs) {
      return false;
    }
    nextUs = sampleUs + retryUs;
    return true;
  }

  // Hashes of similar names lie close together: the golden ratio takes them apart.
  private static long scattered(String instrumentId) {
    return (instrumentId.hashCode() * 0x9E3779B97F4A7C15L) >>> 16;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(incidentUs);
    out.writeLong(nextUs);
  }

  void readFrom(DataInput in) throws IOException {
    incidentUs = in.readLong();
    nextUs = in.readLong();
  }
}
