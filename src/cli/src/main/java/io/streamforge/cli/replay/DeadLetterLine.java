package io.streamforge.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.testkit.RecordingLine;
import java.nio.charset.StandardCharsets;

/**
 * A line of a replay's dead letters: why a record could not be used, and what it was. Its fields
 * are {@code reason}, {@code topic}, {@code key}, {@code venue} and {@code value}. Bytes that are
 * no text stand in {@code value_base64} instead, as in a recording. What the record lacks is null.
 */
final class DeadLetterLine {
  private static final JsonMapper JSON = new JsonMapper();

  private DeadLetterLine() {}

  static String of(String reason, String topic, String venue, byte[] key, byte[] value) {
    ObjectNode line = JSON.createObjectNode();
    line.put("reason", reason).put("topic", topic);
    line.put("key", key == null ? null : new String(key, StandardCharsets.UTF_8));
    line.put("venue", venue);
    String text = RecordingLine.textOf(value);
    if (text != null || value == null) {
      line.put("value", text);
    } else {
      line.put("value_base64", value);
    }
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree can be written
    }
  }
}
