package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.loader.config.ConfigFile;
import io.streamforge.loader.config.LoaderConfig;
import io.streamforge.loader.config.TopicConfig;
import io.streamforge.loader.venue.VenueFacts;
import io.streamforge.loader.venue.VenueFeeds;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loader's Deployment, and what the other manifests say of it. */
class LoaderManifestsTest {
  private static final Pattern PATH = Pattern.compile("/etc/\\w[^:\\s}]*");
  private static final Pattern HEAP = Pattern.compile("-XX:MaxRAMPercentage=([\\d.]+)");

  private final Manifests production = Manifests.of("production");
  private final LoaderPod loader = LoaderPod.of(production);
  private final PodPolicy policy = PodPolicy.named(LoaderPod.NAME);

  /** Two of them would mix the messages of a book, and neither is fenced. */
  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void oneEndsBeforeTheNextStarts(String overlay) {
    JsonNode spec = LoaderPod.of(Manifests.of(overlay)).deployment().get("spec");

    assertThat(spec.at("/strategy/type").asText()).isEqualTo("Recreate");
    assertThat(spec.get("replicas").asInt()).isEqualTo(1);
    assertThat(PodPolicy.selects(spec.get("selector"), spec.get("template"))).isTrue();
  }

  /** All that Kafka lets it do: to describe its topics goes with it, and so does idempotence. */
  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void writesTwoTopicsReadsOneAndHasNoFurtherRight(String overlay) {
    Manifests manifests = Manifests.of(overlay);
    List<String> rights = new ArrayList<>();
    for (JsonNode acl : manifests.one("KafkaUser", LoaderPod.NAME).at("/spec/authorization/acls")) {
      JsonNode on = acl.get("resource");
      assertThat(acl.path("type").asText("allow")).isEqualTo("allow");
      assertThat(on.path("patternType").asText("literal")).isEqualTo("literal");
      for (String operation : Manifests.texts(acl.get("operations"))) {
        rights.add(operation + " " + on.get("type").asText() + " " + on.get("name").asText());
      }
    }
    TopicConfig topics = TopicConfig.USUAL;

    assertThat(rights)
        .containsExactlyInAnyOrder(
            "Write topic " + topics.orderbooks(),
            "Write topic " + topics.trades(),
            "Read topic " + topics.resync());
    assertThat(LoaderPod.of(manifests).pod().findValuesAsText("secretName"))
        .containsExactlyInAnyOrder("market-cluster-ca-cert", LoaderPod.NAME);
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.k8s.Manifests#overlays")
  void isToldWhatItUnderstands(String overlay, @TempDir Path folder) throws Exception {
    LoaderPod pod = LoaderPod.of(Manifests.of(overlay));
    LoaderConfig config =
        ConfigFile.read(Files.writeString(folder.resolve("loader.yaml"), pod.config()));
    JsonNode listener = production.one("Kafka", "market").at("/spec/kafka/listeners/0");

    assertThat(config.bootstrapServers())
        .isEqualTo("market-kafka-bootstrap:" + listener.get("port").asInt());
    assertThat(config.topics()).isEqualTo(TopicConfig.USUAL);
    assertThat(config.kafka())
        .containsEntry("security.protocol", "SASL_SSL")
        .allSatisfy((key, value) -> assertThat(value).doesNotContain("password="));
    for (String topic : config.topics().written()) {
      assertThat(production.one("KafkaTopic", topic).at("/spec/config/compression.type").asText())
          .isEqualTo(config.kafka().get("compression.type"));
    }
    assertThat(config.httpHost()).isEqualTo("0.0.0.0");
    assertThat(PodPolicy.ports(pod.pod())).containsEntry("metrics", config.httpPort());
    assertThat(PATH.matcher(pod.config() + pod.args()).results().map(MatchResult::group))
        .hasSizeGreaterThan(2)
        .allMatch(path -> pod.mounts().stream().anyMatch(path::startsWith));
  }

  /** The queue is not all that lives there. */
  @Test
  void heapHasRoomForTwiceTheQueue(@TempDir Path folder) throws Exception {
    LoaderConfig config =
        ConfigFile.read(Files.writeString(folder.resolve("loader.yaml"), loader.config()));
    double share =
        loader.args().stream()
            .flatMap(arg -> HEAP.matcher(arg).results())
            .mapToDouble(found -> Double.parseDouble(found.group(1)))
            .sum();
    String memory = loader.container().at("/resources/limits/memory").asText();

    assertThat(memory).isEqualTo("1Gi");
    assertThat(1024 * share / 100).isBetween(2.0 * config.queueMb(), 0.75 * 1024);
  }

  @Test
  void podKeepsToTheRulesOfTheJobs() {
    JsonNode container = loader.container();

    assertThat(Schemas.read().errors(loader.pod())).isEmpty();
    assertThat(RestrictedPods.violations(loader.pod())).isEmpty();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(loader.pod().at("/spec/automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(container.has("env")).isFalse();
    assertThat(container.has("envFrom")).isFalse();
    for (String kind : List.of("requests", "limits")) {
      assertThat(container.at("/resources").get(kind).fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("cpu", "memory", "ephemeral-storage");
    }
    assertThat(container.at("/resources/requests/memory"))
        .isEqualTo(container.at("/resources/limits/memory"));
  }

  @Test
  void imageIsTheOneOfTheJob() {
    assertThat(loader.container().get("image"))
        .isEqualTo(production.flinkDeployment().at("/spec/image"));
  }

  @Test
  void isProbedWhereItAnswers() {
    JsonNode container = loader.container();

    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      JsonNode get = container.at("/" + probe + "/httpGet");
      assertThat(PodPolicy.ports(loader.pod())).containsKey(get.get("port").asText());
      assertThat(get.get("path").asText())
          .isEqualTo(probe.equals("readinessProbe") ? "/ready" : "/live");
    }
  }

  @Test
  void prometheusAloneReachesIt() {
    JsonNode monitor = production.one("PodMonitor", LoaderPod.NAME);

    assertThat(policy.selects(loader.pod())).isTrue();
    assertThat(PodPolicy.selects(monitor.at("/spec/selector"), loader.pod())).isTrue();
    assertThat(PodPolicy.ports(loader.pod()))
        .containsOnlyKeys(monitor.at("/spec/podMetricsEndpoints/0/port").asText());
    PodPolicy.ports(loader.pod())
        .forEach(
            (name, number) -> assertThat(policy.peers(name, number)).containsExactly("monitoring"));
    assertThat(policy.policy().at("/spec/policyTypes"))
        .extracting(JsonNode::asText)
        .containsExactly("Ingress", "Egress");
  }

  /** And the job's monitor and policy leave it alone: what they grant would be added. */
  @Test
  void isNotTakenForAPodOfTheJob() {
    JsonNode monitor = production.one("PodMonitor", "streamforge");

    assertThat(PodPolicy.named("streamforge").selects(loader.pod())).isFalse();
    assertThat(PodPolicy.selects(monitor.at("/spec/selector"), loader.pod())).isFalse();
  }

  @Test
  void reachesKafkaNamesAndThePublicAddressesOfVenuesByTheirPorts() {
    Set<Integer> ofVenues =
        VenueFeeds.names().stream()
            .map(venue -> VenueFeeds.of("venue", venue).facts())
            .flatMap(LoaderManifestsTest::addresses)
            .map(address -> address.getPort() < 0 ? 443 : address.getPort())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> allowed = new ArrayList<>();
    for (JsonNode rule : policy.egress()) {
      assertThat(rule.path("to")).isNotEmpty();
      assertThat(rule.path("ports")).isNotEmpty();
      for (JsonNode port : rule.get("ports")) {
        assertThat(port.has("endPort")).isFalse();
        allowed.add(kindOfPeers(rule.get("to")) + " " + port.get("port").asText());
      }
    }

    assertThat(allowed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("market 9093", "kube-system 53", "kube-system 53"),
                    ofVenues.stream().map(port -> "address " + port))
                .toList());
  }

  private static Stream<URI> addresses(VenueFacts facts) {
    return Stream.of(facts.socket(), facts.rest()).filter(Objects::nonNull);
  }

  private static String kindOfPeers(JsonNode to) {
    Set<String> kinds = new TreeSet<>();
    for (JsonNode peer : to) {
      JsonNode cluster = peer.at("/podSelector/matchLabels/strimzi.io~1cluster");
      JsonNode namespace = peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name");
      kinds.add(peer.has("ipBlock") ? "address" : namespace.asText("") + cluster.asText(""));
    }
    return String.join(" ", kinds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.96.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1"
      })
  void addressesThatAreNotPublicAreOutOfReach(String address) throws Exception {
    assertThat(reaches(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"104.16.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1"})
  void publicAddressesAreWithinReach(String address) throws Exception {
    assertThat(reaches(address)).isTrue();
  }

  private boolean reaches(String address) throws Exception {
    for (JsonNode block : policy.egress().findValues("ipBlock")) {
      if (contains(block.get("cidr").asText(), address)) {
        boolean excepted = false;
        for (String except : Manifests.texts(block.path("except"))) {
          assertThat(contains(block.get("cidr").asText(), except.replaceFirst("/.*", ""))).isTrue();
          excepted |= contains(except, address);
        }
        if (!excepted) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean contains(String block, String address) throws Exception {
    String[] parts = block.split("/", -1);
    byte[] network = InetAddress.getByName(parts[0]).getAddress();
    byte[] of = InetAddress.getByName(address).getAddress();
    int bits = Integer.parseInt(parts[1]);
    return network.length == of.length
        && Arrays.equals(firstBits(network, bits), firstBits(of, bits));
  }

  private static byte[] firstBits(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int bit = 0; bit < bits; bit++) {
      masked[bit / 8] |= (byte) (address[bit / 8] & (0x80 >> (bit % 8)));
    }
    return masked;
  }
}
