package io.streamforge.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.streamforge.graph.record.EdgeAttribute;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.graphml.GraphMLImporter;
import org.jgrapht.util.SupplierUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        new SimpleGraph<>(null, SupplierUtil.DEFAULT_EDGE_SUPPLIER, false);
    GraphMLImporter<String, DefaultEdge> importer = new GraphMLImporter<>();
    importer.setSchemaValidation(false); // it allows no colon in a node's id
    importer.setVertexFactory(id -> id);
    importer.addVertexAttributeConsumer(
        (of, value) ->
            nodes
                .computeIfAbsent(of.getFirst(), key -> new HashMap<>())
                .put(of.getSecond(), value));
    importer.addEdgeAttributeConsumer(
        (of, value) ->
            edges
                .computeIfAbsent(
                    graph.getEdgeSource(of.getFirst()) + " " + graph.getEdgeTarget(of.getFirst()),
                    key -> new HashMap<>())
                .put(of.getSecond(), value));
    importer.importGraph(graph, new StringReader(GraphMl.of(snapshot("", ""))));

    String hostile = HOSTILE.replace('\u0001', '\ufffd');
    assertThat(graph.vertexSet()).containsExactly(hostile, "a:X", "a:Y");
    assertThat(nodes.get(hostile).get("label").getValue()).isEqualTo(hostile);
    assertThat(nodes.get("a:X").get("book").getValue()).isEqualTo("gap");
    assertThat(nodes.get(hostile).get("mid").getType()).isEqualTo(AttributeType.DOUBLE);
    assertThat(nodes.get(hostile).get("mid").getValue()).isEqualTo("1.5");
    assertThat(nodes.get("a:X")).doesNotContainKeys("mid", "volatility_1m");
    assertThat(nodes.get("a:Y").get("volatility_1m").getType()).isEqualTo(AttributeType.FLOAT);
    assertThat(nodes.get("a:Y").get("volatility_1m").getValue()).isEqualTo("1.0E-5");
    assertThat(edges).containsOnlyKeys(hostile + " a:X", hostile + " a:Y");
    assertThat(edges.get(hostile + " a:Y").get("correlation_5m").getValue()).isEqualTo("-0.25");
    assertThat(edges.get(hostile + " a:Y").get("weight").getValue()).isEqualTo("0.25");
    assertThat(edges.get(hostile + " a:X").get("in_tree").getValue()).isEqualTo("1.0");
  }

  @Test
  void whatDiffersByDirectionStandsThereForBoth() throws IOException {
    String text =
        GraphMl.of(snapshot("\"correlation_5m\",\"in_tree\"", "\"correlation_5m\",\"lead_ms\""));
    assertThat(text)
        .contains("attr.name=\"lead_ms\"")
        .contains("attr.name=\"lead_ms_back\"")
        .doesNotContain("correlation_5m_back");
    assertThat(EnumSet.allOf(EdgeAttribute.class).stream().map(a -> a.description().name()))
        .containsAll(GraphMl.DIRECTED);
  }

  /** The names, and the whole numbers of a colour, are those that Gephi's import knows. */
  @Test
  void gephiFindsPlaceSizeAndColour() throws IOException {
    String text = GraphMl.of(snapshot("", ""));
    for (String name : List.of("x", "y", "size")) {
      assertThat(text)
          .contains("for=\"node\" attr.name=\"%s\" attr.type=\"float\"".formatted(name));
    }
    for (String name : List.of("r", "g", "b")) {
      assertThat(text)
          .contains("for=\"node\" attr.name=\"%s\" attr.type=\"int\"".formatted(name))
          .contains("for=\"edge\" attr.name=\"%s\" attr.type=\"int\"".formatted(name));
    }
    assertThat(text).contains("<graph edgedefault=\"undirected\">");
  }

  @Test
  void networkxReadsIt(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("graph.graphml"), GraphMl.of(snapshot("", "")));
    String program =
        """
        import sys, networkx
        graph = networkx.read_graphml(sys.argv[1])
        print(graph.is_directed(), sorted(graph)[:2], graph.edges["a:Y", sorted(graph)[2]]["weight"])
        print(graph.graph["time_us"], graph.graph["live_share"], graph.nodes["a:X"]["label"])
        """;
    Process python =
        new ProcessBuilder("/usr/bin/python3", "-c", program, file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeThat(python.waitFor()).as("no networkx: %s", said).isZero();
    assertThat(said).isEqualTo("False ['a:X', 'a:Y'] 0.25\n7000000 0.5 a:X\n");
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
