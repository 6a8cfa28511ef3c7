package io.streamforge.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A series by grid index of which the newest values are kept. */
public interface GridSeries {
  /** How many indexes back it is known, the newest included. */
  int capacity();

  /** The index that it began with, as far as it matters; {@link Long#MAX_VALUE} before. */
  long first();

  /** The newest index; {@link Long#MIN_VALUE} before the first. */
  long newest();

  /** Writes what is still known of the indexes from one until before another. */
  void write(long from, long to, DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote; what was written of earlier indexes has been read. */
  void read(long from, long to, DataInput in) throws IOException;
}
