package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrometheusRuleManifestsTest {
  private static final Path RULES =
      Manifests.FOLDER.resolveSibling("flink-conf/prometheus/rules.yaml");

  @Test
  void areThoseOfOtherClusters() throws IOException {
    assertThat(Manifests.of("production").one("PrometheusRule", "streamforge").get("spec"))
        .as("prometheus-rules.yaml says how it is brought up to date")
        .isEqualTo(Manifests.parse(Files.readString(RULES)).resources().get(0));
  }
}
