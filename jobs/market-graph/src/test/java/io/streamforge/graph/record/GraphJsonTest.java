package io.streamforge.graph.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.book.BookStatus;
import io.streamforge.graph.MarketGraph;
import io.streamforge.graph.model.GraphSettings;
import io.streamforge.graph.model.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphJsonTest {
  private static final long SECOND = 1_000_000;

  private final GraphJson json = new GraphJson(List.of("spread_bps", "trades"));
  private final MarketGraph graph =
      new MarketGraph(new GraphSettings("market", SECOND, 8, 2, 1, 0, SECOND, 600_000));

  private static Node live(String id, double mid, double logReturn, float... x) {
    return new Node(id, BookStatus.LIVE, mid, logReturn, x, List.of());
  }

  private static final Node CROSSED =
      new Node(
          "acme:\"ψ\"",
          BookStatus.CROSSED,
          Double.NaN,
          Double.NaN,
          new float[] {Float.NaN, -0.0f},
          List.of());

  /** The values are those of MarketGraphTest, their text is another language's. */
  @Test
  void aGraphToTheByte() {
    byte[] bytes = {};
    for (int sample = 1; sample <= 6; sample++) {
      bytes =
          json.write(
              graph.sample(
                  sample * SECOND,
                  List.of(
                      CROSSED,
                      live("binance-spot:BTCUSDT", 61837.635, sample * 1e-8, 0.0016171384f, 300),
                      live("kraken:XBT/USD", 3, (sample == 6 ? -5 : 1) * 1e-8, 2e-5f, 1e10f))));
    }
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"schema":"graph-features/1","graph":"market","time_us":6000000,"interval_us":1000000,\
            "publish_interval_us":1000000,"feature_set":"e9a28048f1b4","num_nodes":3,\
            "node_ids":["acme:\\"ψ\\"","binance-spot:BTCUSDT","kraken:XBT/USD"],\
            "node_book":["crossed","live","live"],"node_mid":[null,61837.635,3.0],\
            "num_nodes_left_out":0,"nodes_left_out":[],"available_us":6600000,"feature_names":["spread_bps","trades","beta_market_5m"],\
            "x":[[null,0.0,null],[0.0016171384,300.0,null],[2.0E-5,1.0E10,null]],\
            "num_edges":2,"edge_index":[[1,2],[2,1]],\
            "edge_attr_names":["correlation_5m","correlation_1h","correlation_24h",\
            "correlation_t_5m","correlation_1s_5m",\
            "ewma_correlation","beta_5m","hy_correlation_5m","lead_ms","lead_lag_asymmetry",\
            "observations","moves","in_tree","same_base","same_quote","same_venue"],\
            "edge_attr":[\
            [0.4314555,null,null,0.70857227,-0.28708464,0.42794827,0.088,null,null,null,2.0,2.0,1.0,null,null,0.0],\
            [0.4314555,null,null,0.70857227,-0.28708464,0.42794827,2.1153846,null,null,null,2.0,2.0,1.0,null,null,0.0]],\
            "u_names":["live_share","mean_abs_correlation","tree_mean_abs_correlation",\
            "first_eigenvalue_share"],"u":[0.6666667,0.4314555,0.4314555,0.71572775]}""");
  }

  @Test
  void anEmptyGraph() {
    String text = new String(json.write(graph.sample(0, List.of())), StandardCharsets.UTF_8);
    assertThat(text)
        .contains("\"num_nodes\":0,\"node_ids\":[],\"node_book\":[],\"node_mid\":[],")
        .contains("\"x\":[],\"num_edges\":0,\"edge_index\":[[],[]],")
        .endsWith("\"u\":[null,null,null,null]}");
  }

  @Test
  void refusesOtherFeaturesAndGoesOn() {
    Node wrong = live("a", 1, 0, 1);
    assertThatThrownBy(() -> json.write(graph.sample(0, List.of(wrong))))
        .hasMessage("a has 2 features, not 3");
    assertThat(new String(json.write(graph.sample(SECOND, List.of())), StandardCharsets.UTF_8))
        .startsWith("{\"schema\"");
  }
}
