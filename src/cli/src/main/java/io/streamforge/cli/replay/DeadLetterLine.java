package io.streamforge.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A line of a replay's dead letters: why a record could not be used, and what it was. {@code
 * {"reason", "topic", "key", "venue", "value"}}, as in a recording with {@code value_base64} in the
 * place of {@code value} where that is no text; what the record lacks is null.
 */
final class DeadLetterLine {
  private static final JsonMapper JSON = new JsonMapper();

  private DeadLetterLine() {}

  static String of(String reason, String topic, String venue, byte[] key, byte[] value) {
    ObjectNode line = JSON.createObjectNode();
    line.put("reason", reason).put("topic", topic);
    line.put("key", key == null ? null : new String(key, StandardCharsets.UTF_8));
    line.put("venue", venue);
    try {
      line.put("value", value == null ? null : text(value));
    } catch (CharacterCodingException e) {
      line.put("value_base64", value);
    }
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // a tree can be written
    }
  }

  private static String text(byte[] value) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
  }
}
