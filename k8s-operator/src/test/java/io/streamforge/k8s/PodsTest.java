package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pods that Flink makes of the FlinkDeployment, and what the other manifests say of them. */
class PodsTest {
  private static final String MAIN_CONTAINER = "/spec/containers/0";

  /** Of what is mounted, and not of the image. */
  private static final Pattern PATH = Pattern.compile("/(etc|var)/\\w[^:\\s]*");

  private static final Map<String, OperatedFlink> FLINK = new HashMap<>();

  @BeforeAll
  static void makePods(@TempDir Path folder) throws Exception {
    for (String overlay : Manifests.overlays().toList()) {
      FLINK.put(
          overlay,
          OperatedFlink.of(Manifests.of(overlay), Files.createDirectory(folder.resolve(overlay))));
    }
  }

  private static Stream<JsonNode> pods() {
    return FLINK.values().stream()
        .flatMap(flink -> Stream.of(flink.jobManager(), flink.taskManager()));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void followTheSchemaOfPods(JsonNode pod) {
    assertThat(Schemas.read().errors(pod)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void keepToTheRestrictedPodSecurityStandard(JsonNode pod) {
    assertThat(RestrictedPods.violations(pod)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spec/securityContext/runAsNonRoot",
        "/spec/securityContext/seccompProfile",
        "/spec/containers/0/securityContext/allowPrivilegeEscalation",
        "/spec/containers/0/securityContext/capabilities"
      })
  void withoutOneOfItsFieldsAPodViolatesTheStandard(String field) {
    JsonNode pod = FLINK.get("production").taskManager().deepCopy();
    JsonPointer pointer = JsonPointer.compile(field);
    ((ObjectNode) pod.at(pointer.head())).remove(pointer.last().getMatchingProperty());

    assertThat(RestrictedPods.violations(pod)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("pods")
  void writeToTheirVolumesAlone(JsonNode pod) {
    assertThat(pod.at("/spec/containers"))
        .allSatisfy(
            container ->
                assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void haveRequestsAndLimitsOfEachResource(JsonNode pod) {
    JsonNode resources = pod.at(MAIN_CONTAINER + "/resources");
    for (String kind : List.of("requests", "limits")) {
      assertThat(resources.get(kind).fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("cpu", "memory", "ephemeral-storage");
    }
    assertThat(resources.at("/requests/memory")).isEqualTo(resources.at("/limits/memory"));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void areProbed(JsonNode pod) {
    JsonNode port = pod.at(MAIN_CONTAINER + "/livenessProbe").findValue("port");

    assertThat(PodPolicy.ports(pod)).containsKey(port.asText());
  }

  /** In the environment a secret would be in crash reports, and in every child process. */
  @ParameterizedTest
  @MethodSource("pods")
  void readSecretsFromFiles(JsonNode pod) {
    assertThat(pod.findValues("secretKeyRef")).isEmpty();
    assertThat(pod.findValues("envFrom")).isEmpty();
  }

  /** Of the settings, and of the environment. */
  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void findTheFilesThatTheyAreToldOf(String overlay) {
    for (JsonNode pod :
        List.of(FLINK.get(overlay).jobManager(), FLINK.get(overlay).taskManager())) {
      List<String> told =
          new ArrayList<>(pod.at(MAIN_CONTAINER + "/env").findValuesAsText("value"));
      told.addAll(Manifests.of(overlay).flinkConfiguration().values());
      String text = String.join("\n", told);

      assertThat(PATH.matcher(text).results().map(MatchResult::group))
          .hasSizeGreaterThan(2)
          .allMatch(path -> mounts(pod).stream().anyMatch(path::startsWith));
    }
  }

  private static List<String> mounts(JsonNode pod) {
    return pod.at(MAIN_CONTAINER + "/volumeMounts").findValuesAsText("mountPath");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void areTheOnesThatPolicyAndMonitorSelect(JsonNode pod) {
    JsonNode monitor = Manifests.of("production").one("PodMonitor", "streamforge");

    assertThat(policy().selects(pod)).isTrue();
    assertThat(PodPolicy.selects(monitor.at("/spec/selector"), pod)).isTrue();
    assertThat(PodPolicy.ports(pod))
        .containsKey(monitor.at("/spec/podMetricsEndpoints/0/port").asText());
    assertThat(pod.at("/metadata/labels").has(monitor.at("/spec/podTargetLabels/0").asText()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void restIsForTheOperatorMetricsForPrometheusAndTheRestForThemselves(JsonNode pod) {
    PodPolicy.ports(pod)
        .forEach(
            (name, number) ->
                assertThat(policy().peers(name, number))
                    .as(name)
                    .containsExactly(
                        switch (name) {
                          case "rest" -> "flink-operator";
                          case "metrics" -> "monitoring";
                          default -> "streamforge";
                        }));
  }

  /** Ports that are not of a container, but that Flink listens on. */
  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void podsReachTheOtherPortsOfEachOther(String overlay) {
    Map<String, String> configuration = FLINK.get(overlay).configuration().toMap();

    for (String key :
        List.of(
            "taskmanager.data.port",
            "taskmanager.rpc.port",
            "jobmanager.rpc.port",
            "blob.server.port",
            "metrics.internal.query-service.port")) {
      int port = Integer.parseInt(configuration.get(key));
      assertThat(policy().peers("", port)).as(key).containsExactly("streamforge");
      assertThat(policy().egress())
          .anySatisfy(
              rule ->
                  assertThat(
                          PodPolicy.selects(
                                  rule.at("/to/0/podSelector"), FLINK.get(overlay).jobManager())
                              && PodPolicy.admits(rule, "", port))
                      .isTrue());
    }
  }

  private static PodPolicy policy() {
    return PodPolicy.named("streamforge");
  }
}
