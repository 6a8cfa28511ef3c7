package io.streamforge.loader.feed;

import io.streamforge.loader.out.RawSink;
import io.streamforge.market.BookUpdate;
import java.util.HashMap;
import java.util.Map;

/**
 * A book of a venue whose changes do not name the one before: copies of two connections cannot be
 * merged. One connection writes; another takes over with a snapshot of its own.
 */
final class SingleLineBook extends BookStream {
  /** What a connection said of the depth, before its snapshot. */
  private record Depth(BookUpdate update, byte[] text, long timeUs) {}

  private Line writer;
  private final Map<Line, Depth> depths = new HashMap<>();

  SingleLineBook(String symbol, RawSink sink, SessionNames names, BookCare care) {
    super(symbol, sink, names, care);
  }

  @Override
  void message(Line line, BookUpdate update, byte[] text, long timeUs) {
    if (line == writer) {
      write(update, text, timeUs);
    } else if (update.kind() == BookUpdate.Kind.SUBSCRIBED) {
      depths.put(line, new Depth(update, text, timeUs));
    } else if (update.snapshot() && (writer == null || line.replaces(writer))) {
      begin(line);
      write(update, text, timeUs);
    }
  }

  private void begin(Line line) {
    writer = line;
    newSession();
    Depth depth = depths.remove(line);
    if (depth != null) {
      write(depth.update, depth.text, depth.timeUs);
    }
  }

  @Override
  void lineDown(Line line, long timeUs) {
    depths.remove(line);
    if (line == writer) {
      end(timeUs);
      writer = null;
      care.resubscribe(this, null, "failover");
    }
  }

  @Override
  boolean isWrittenBy(Line line) {
    return line == writer;
  }

  @Override
  void delisted(long timeUs) {
    end(timeUs);
    writer = null;
    depths.clear();
  }

  @Override
  void lost(long timeUs) {
    end(timeUs);
    writer = null;
    care.resubscribe(this, null, "lost");
  }

  @Override
  void resync(String reason) {
    care.resubscribe(this, writer, reason);
  }
}
