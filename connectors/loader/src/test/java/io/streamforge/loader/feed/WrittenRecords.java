package io.streamforge.loader.feed;

import io.streamforge.loader.out.Flow;
import io.streamforge.loader.out.RawSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what books write, in words. */
final class WrittenRecords implements RawSink {
  /** Session and text, or session and {@code disconnected}. */
  record Written(String session, String text) {}

  final List<Written> all = new ArrayList<>();
  int holds;

  @Override
  public void message(Flow flow, String connection, byte[] value, long receiveTimeUs) {
    all.add(new Written(connection, new String(value, StandardCharsets.UTF_8)));
  }

  @Override
  public void disconnected(Flow flow, String connection, long timeUs) {
    all.add(new Written(connection, "disconnected"));
  }

  @Override
  public void hold(Flow flow, long sinceUs) {
    holds++;
  }

  @Override
  public void release(Flow flow) {
    holds--;
  }

  List<String> texts() {
    return all.stream().map(Written::text).toList();
  }

  List<String> sessions() {
    return all.stream().map(Written::session).distinct().toList();
  }
}
