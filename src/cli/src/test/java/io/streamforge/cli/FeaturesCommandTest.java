package io.streamforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.graph.record.EdgeAttribute;
import io.streamforge.graph.record.GraphAttribute;
import io.streamforge.graph.record.MarketFeature;
import io.streamforge.instrument.NodeFeatures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FeaturesCommandTest {
  private static String printed(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.commandLine().execute(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesEveryFeature() {
    assertThat(printed("features")).contains(NodeFeatures.NAMES);
  }

  @Test
  void isAnArrayInJson() throws IOException {
    JsonNode features = new ObjectMapper().readTree(printed("features", "--json"));
    assertThat(features)
        .hasSize(
            NodeFeatures.ALL.size()
                + MarketFeature.values().length
                + EdgeAttribute.values().length
                + GraphAttribute.values().length);
    JsonNode vpin = features.get(NodeFeatures.NAMES.indexOf("vpin"));
    assertThat(vpin.get("of").asText()).isEqualTo("node");
    assertThat(vpin.get("name").asText()).isEqualTo("vpin");
    assertThat(vpin.get("in_graph").asBoolean()).isFalse();
    assertThat(vpin.get("null_when").asText()).isEqualTo("before 50 buckets");
  }
}
