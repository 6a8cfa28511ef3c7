package io.streamforge.mid;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A step of a {@link MidPath}.
 *
 * @param timeUs effective time of its last message, microseconds since the epoch
 * @param sinceUs effective time of the message since which the mid has been what it is
 * @param mid after the last message; NaN for none
 * @param begins whether it follows nothing
 */
public record MidStep(long timeUs, long sinceUs, double mid, boolean begins) {
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(timeUs);
    out.writeLong(sinceUs);
    out.writeDouble(mid);
    out.writeBoolean(begins);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static MidStep readFrom(DataInput in) throws IOException {
    return new MidStep(in.readLong(), in.readLong(), in.readDouble(), in.readBoolean());
  }
}
