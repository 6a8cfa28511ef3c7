package io.streamforge.k8s.validator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.k8s.Manifests;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.validation.DefaultValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorValidatorTest {
  /** What the newest Flink calls otherwise than the one that this validator knows. */
  private static final Map<String, String> OLDER_NAMES =
      Map.of(
          "execution.checkpointing.dir", "state.checkpoints.dir",
          "execution.checkpointing.savepoint-dir", "state.savepoints.dir");

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void operatorAcceptsTheDeployment(String overlay) throws Exception {
    assertThat(refusal(deployment(overlay))).isEmpty();
  }

  @Test
  void operatorRefusesSavepointsWithoutDirectory() throws Exception {
    ObjectNode deployment = deployment("production");
    configuration(deployment).remove("state.savepoints.dir");

    assertThat(refusal(deployment))
        .hasValueSatisfying(why -> assertThat(why).contains("savepoint"));
  }

  @Test
  void operatorRefusesStandbyWithoutHighAvailability() throws Exception {
    ObjectNode deployment = deployment("production");
    configuration(deployment).remove("high-availability.type");

    assertThat(refusal(deployment))
        .hasValueSatisfying(why -> assertThat(why).contains("High availability"));
  }

  private static ObjectNode deployment(String overlay) {
    ObjectNode deployment = Manifests.of(overlay).flinkDeployment().deepCopy();
    ((ObjectNode) deployment.get("spec")).put("flinkVersion", "v1_20");
    ObjectNode configuration = configuration(deployment);
    OLDER_NAMES.forEach((name, older) -> configuration.set(older, configuration.remove(name)));
    return deployment;
  }

  private static ObjectNode configuration(ObjectNode deployment) {
    return (ObjectNode) deployment.at("/spec/flinkConfiguration");
  }

  private static Optional<String> refusal(ObjectNode deployment) throws JsonProcessingException {
    return new DefaultValidator(new FlinkConfigManager(new Configuration()))
        .validateDeployment(new ObjectMapper().treeToValue(deployment, FlinkDeployment.class));
  }
}
