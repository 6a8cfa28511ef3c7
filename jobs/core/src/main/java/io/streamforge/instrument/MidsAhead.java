package io.streamforge.instrument;

import io.streamforge.mid.MidPath;
import io.streamforge.mid.MidStep;
import io.streamforge.window.PageStore;
import io.streamforge.window.PagedQueue;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The mids of a book that runs ahead, ten a second at most. While no trade comes that may be
 * minutes: the heap holds the {@value #NEAR} steps that are next, the two newest, which still
 * change, and few of those between.
 */
final class MidsAhead {
  private static final int NEAR = 64;
  private static final int CHANGING = 2;

  private final MidPath near = new MidPath();
  private final PagedQueue<MidStep> between;

  /** Empty where all are near. */
  private final MidPath newest = new MidPath();

  /**
   * @param firstPage the store's number of the first page
   */
  MidsAhead(PageStore pages, long firstPage) {
    between = new PagedQueue<>(MidStep::writeTo, MidStep::readFrom, pages, firstPage);
  }

  /** As {@link MidPath#set}. */
  void set(long timeUs, double mid) throws IOException {
    if (newest.size() == 0) {
      near.set(timeUs, mid);
      if (near.size() > NEAR) {
        near.moveNewest(CHANGING, newest);
      }
      return;
    }
    newest.set(timeUs, mid);
    if (newest.size() > CHANGING) {
      between.add(newest.takeOldest());
    }
  }

  /** As {@link MidPath#interrupt}. */
  void interrupt() {
    (newest.size() == 0 ? near : newest).interrupt();
  }

  /** Makes all that was before a time near. */
  void bringNear(long untilUs) throws IOException {
    while (newest.size() > 0 && near.newestUs() < untilUs) {
      if (between.isEmpty()) {
        newest.moveNewest(newest.size(), near);
      } else {
        near.append(between.poll());
      }
    }
  }

  /** Those that are near. */
  MidPath near() {
    return near;
  }

  void writeTo(DataOutput out) throws IOException {
    near.writeTo(out);
    newest.writeTo(out);
    between.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote. */
  void readFrom(DataInput in) throws IOException {
    near.readFrom(in);
    newest.readFrom(in);
    between.readFrom(in);
  }
}
