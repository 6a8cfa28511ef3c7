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

/** The fields of a JSON object have no order: a message says the same with its fields reversed. */
class FieldOrderTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private static final int MESSAGES = 300;

  private final MessageDecoder decoder = new MessageDecoder(Decoding.TIME, 1 << 23);
  private int compared;

  static List<Path> recordings() throws IOException {
    return RecordedLines.all();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void recordedMessages(Path recording) throws Exception {
    RecordedLines.forEach(
        recording,
        line -> {
          if (compared++ < MESSAGES || line.topic().equals("raw-trades")) {
            compare(line.venue(), line.key(), line.value(), line.receiveTimeUs());
          }
        });
    assertThat(compared).isPositive();
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
    String reversed = JSON.writeValueAsString(reversed(tree));
    if (!decode(venue, key, reversed, receiveTimeUs).equals(straight)) {
      assertThat(decode(venue, key, reversed, receiveTimeUs)).as(reversed).isEqualTo(straight);
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
