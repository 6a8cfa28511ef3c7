package io.streamforge.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.record.GraphFeaturesRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.graphml.GraphMLImporter;
import org.jgrapht.util.SupplierUtil;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Files for other programs, read back as those do. */
class GraphMlTest {
  private static final String HOSTILE = "evil:<script>\u0001&\"'";

  private static GraphFeaturesRecord snapshot(String replaced, String by) throws IOException {
    String json =
        """
        {"schema":"graph-features/1","graph":"market","time_us":7000000,"interval_us":1000000,"publish_interval_us":1000000,
         "feature_set":"0123456789ab","num_nodes":3,"available_us":7600000,"num_edges":4,
         "node_ids":["a:<script>\\u0001&\\"'","a:X","a:Y"],"node_book":["live","gap","live"],"node_mid":[1.5,null,2.5],
         "feature_names":["volatility_1m","trades"],"x":[[0.25,1.0],[null,2.0],[1.0E-5,null]],
         "edge_index":[[0,1,0,2],[1,0,2,0]],"edge_attr_names":["correlation_5m","in_tree"],
         "edge_attr":[[0.5,1.0],[0.5,1.0],[-0.25,0.0],[-0.25,0.0]],"u_names":["live_share"],"u":[0.5]}"""
            .replace("a:<", "evil:<")
            .replace(replaced, by);
    return GraphFeaturesRecord.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyAttributeComesBackWithItsType() throws IOException {
    Map<String, Map<String, Attribute>> nodes = new HashMap<>();
    Map<String, Map<String, Attribute>> edges = new HashMap<>();
    Graph<String, DefaultEdge> graph =
        new SimpleDirectedGraph<>(
            SupplierUtil.createStringSupplier(), SupplierUtil.DEFAULT_EDGE_SUPPLIER, false);
    GraphMLImporter<String, DefaultEdge> importer = new GraphMLImporter<>();
    importer.setSchemaValidation(true);
    importer.addVertexAttributeConsumer(
        (of, value) ->
            nodes
                .computeIfAbsent(of.getFirst(), key -> new HashMap<>())
                .put(of.getSecond(), value));
    importer.addEdgeAttributeConsumer(
        (of, value) ->
            edges
                .computeIfAbsent(
                    graph.getEdgeSource(of.getFirst()) + graph.getEdgeTarget(of.getFirst()),
                    key -> new HashMap<>())
                .put(of.getSecond(), value));
    importer.importGraph(graph, new StringReader(GraphMl.of(snapshot("", ""))));

    assertThat(graph.vertexSet()).containsExactly("0", "1", "2");
    assertThat(nodes.get("0").get("id").getValue()).isEqualTo(HOSTILE.replace('\u0001', '\ufffd'));
    assertThat(nodes.get("1").get("book").getValue()).isEqualTo("gap");
    assertThat(nodes.get("0").get("mid").getType()).isEqualTo(AttributeType.DOUBLE);
    assertThat(nodes.get("0").get("mid").getValue()).isEqualTo("1.5");
    assertThat(nodes.get("1")).as("what does not exist").doesNotContainKeys("mid", "volatility_1m");
    assertThat(nodes.get("2").get("volatility_1m").getType()).isEqualTo(AttributeType.FLOAT);
    assertThat(nodes.get("2").get("volatility_1m").getValue()).isEqualTo("1.0E-5");
    assertThat(edges).containsOnlyKeys("01", "10", "02", "20");
    assertThat(edges.get("20").get("correlation_5m").getValue()).isEqualTo("-0.25");
    assertThat(edges.get("01").get("in_tree").getValue()).isEqualTo("1.0");
  }

  @Test
  void thePictureHasEveryShapeOnceAndTextAsText() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    GraphPicture.of(snapshot("", "")).getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    // The legend has one more of each.
    assertThat(count(svg, "circle", "node")).isEqualTo(2 + 1);
    assertThat(count(svg, "rect", "node not-live")).isEqualTo(1 + 1);
    assertThat(count(svg, "line", "casing")).isEqualTo(1 + 1);
    assertThat(count(svg, "line", "edge negative")).isEqualTo(1 + 1);
    assertThat(svg.getDocumentElement().getTextContent())
        .contains("market at 1970-01-01T00:00:07Z")
        .contains("evil:<script>\ufffd&\"'");
  }

  private static long count(Document svg, String element, String style) {
    NodeList all = svg.getElementsByTagName(element);
    long count = 0;
    for (int i = 0; i < all.getLength(); i++) {
      var found = all.item(i).getAttributes().getNamedItem("class");
      count += found != null && found.getNodeValue().equals(style) ? 1 : 0;
    }
    return count;
  }

  @Test
  void aRecordThatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(() -> snapshot("graph-features/1", "graph-features/2"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("graph-features/2");
    for (String[] flaw :
        new String[][] {
          {"[[0,1,0,2],", "[[0,1,0,3],"},
          {"[[0,1,0,2],", "[[0,1,0],"},
          {"[0.25,1.0]", "[0.25]"},
          {"\"live\",\"gap\",", "\"gap\","},
          {"\"u\":[0.5]", "\"u\":[]"},
          {"1.5,null", "\"x\",null"},
        }) {
      assertThatThrownBy(() -> snapshot(flaw[0], flaw[1]))
          .as(flaw[1])
          .isInstanceOf(IOException.class);
    }
  }
}
