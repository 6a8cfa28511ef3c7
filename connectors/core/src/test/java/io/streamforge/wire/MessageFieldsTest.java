package io.streamforge.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.market.EventText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fields of a JSON object have no order, and those that nobody knows say nothing: a message
 * says the same with its fields reversed, and with others between them.
 */
class MessageFieldsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private static final int MESSAGES = 60;
  private static final int LONG = 20_000;
  private static final String OTHER = "{'data':[{'p':'7','type':'snapshot'},[1,[2]],null],'e':'x'}";

  private final MessageDecoder decoder = new MessageDecoder(Decoding.TIME, 1 << 23);

  static List<Path> recordings() throws IOException {
    return RecordedLines.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void recordedMessages(Path recording) throws Exception {
    for (RecordedLines.Line line : RecordedLines.first(recording, MESSAGES)) {
      if (line.value().length() < LONG) { // a long one has more levels, and no other field
        compare(line.venue(), line.key(), line.value(), line.receiveTimeUs());
      }
    }
  }

  @Test
  void bitget() throws Exception {
    String form =
        "{'action':'%s','arg':{'instType':'usdt-futures','topic':'%s','symbol':'X'},'data':[%s],"
            + "'ts':1723161255999}";
    String book = "{'a':[['2','1']],'b':[['1','1']],'pseq':4,'seq':5,'ts':'1723161255999'}";
    String trade = "{'i':'1','p':'1','v':'1','S':'buy','T':'1723161255999'}";
    for (String message :
        List.of(
            form.formatted("update", "books", book),
            form.formatted("snapshot", "books", book),
            form.formatted("update", "publicTrade", trade))) {
      compare("bitget", "X", message.replace('\'', '"'), Decoding.NOW);
    }
  }

  private void compare(String venue, String key, String value, long receiveTimeUs)
      throws IOException, DecodeException {
    JsonNode tree = JSON.readTree(value);
    String straight = decode(venue, key, JSON.writeValueAsString(tree), receiveTimeUs);
    assertThat(straight).isEqualTo(decode(venue, key, value, receiveTimeUs));
    for (JsonNode other : List.of(reversed(tree), withOthers(tree), withOthers(reversed(tree)))) {
      String text = JSON.writeValueAsString(other);
      if (!decode(venue, key, text, receiveTimeUs).equals(straight)) {
        assertThat(decode(venue, key, text, receiveTimeUs)).as(text).isEqualTo(straight);
      }
    }
  }

  private String decode(String venue, String key, String value, long receiveTimeUs)
      throws DecodeException {
    List<String> events =
        decoder.decode(venue, key, value.getBytes(UTF_8), receiveTimeUs).stream()
            .map(EventText::of)
            .toList();
    assertThat(decoder.flaw()).as(value).isNull();
    return String.join("\n", events) + " stale " + decoder.staleTrades();
  }

  /** With a field that no venue has before each field of every object. */
  private static JsonNode withOthers(JsonNode node) throws IOException {
    if (node instanceof ObjectNode object) {
      ObjectNode other = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        other.set("other" + other.size(), JSON.readTree(OTHER.replace('\'', '"')));
        other.set(field.getKey(), withOthers(field.getValue()));
      }
      return other;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode other = JSON.createArrayNode();
      for (JsonNode part : array) {
        other.add(withOthers(part));
      }
      return other;
    }
    return node;
  }

  private static JsonNode reversed(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
      Collections.reverse(fields);
      ObjectNode other = JSON.createObjectNode();
      fields.forEach(field -> other.set(field.getKey(), reversed(field.getValue())));
      return other;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode other = JSON.createArrayNode();
      array.forEach(part -> other.add(reversed(part)));
      return other;
    }
    return node;
  }
}
