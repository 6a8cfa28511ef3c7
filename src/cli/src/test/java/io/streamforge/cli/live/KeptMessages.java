package io.streamforge.cli.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.RawSink;
import io.streamforge.testkit.RawMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a loader writes, until it is taken. */
final class KeptMessages implements RawSink {
  private List<RawMessage> kept = new ArrayList<>();

  @Override
  public synchronized void message(Flow flow, String connection, byte[] value, long receiveTimeUs) {
    RawMessage message =
        new RawMessage(
            flow.topic(), flow.symbol(), flow.venue(), receiveTimeUs, new String(value, UTF_8));
    kept.add(message.inSession(connection));
  }

  @Override
  public synchronized void disconnected(Flow flow, String connection, long timeUs) {
    kept.add(
        RawMessage.disconnected(flow.topic(), flow.symbol(), flow.venue(), connection, timeUs));
  }

  /** What has come since the last call, in order of receive time. */
  synchronized List<RawMessage> take() {
    List<RawMessage> taken = kept;
    kept = new ArrayList<>();
    taken.sort(Comparator.comparingLong(RawMessage::receiveTimeUs));
    return taken;
  }
}
