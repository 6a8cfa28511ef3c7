package io.streamforge.loader.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoaderMetricsTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final LoaderMetrics metrics = new LoaderMetrics(registry);

  /** Each figure that is shown, by its name and its labels' values. */
  private List<String> shown() {
    return registry.scrape().stream()
        .flatMap(
            figure ->
                figure.getDataPoints().stream()
                    .map(
                        point ->
                            figure.getMetadata().getName().replace("streamforge_loader_", "")
                                + point.getLabels().stream()
                                    .map(label -> label.getValue())
                                    .toList()))
        .toList();
  }

  @Test
  void whatAnAlertWatchesIsShownBeforeItHappens() {
    assertThat(shown()).doesNotContain("refused[acme]");

    metrics.begin("acme");

    assertThat(shown())
        .contains(
            "disconnects[acme]",
            "unacknowledged[acme]",
            "refused[acme]",
            "listings_failed[acme]",
            "flows_lost[acme]",
            "trades[acme]",
            "trades_missing[acme]");
  }

  @Test
  void aReasonOfSomebodysOwnIsAnother() {
    metrics.bookRequested("acme", "X", "made up");

    assertThat(shown()).contains("books_requested[other, acme]");
  }
}
