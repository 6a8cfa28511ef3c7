package io.streamforge.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a NetworkPolicy says of a pod. */
record PodPolicy(JsonNode policy) {
  /** The policy of that name in the overlay for production. */
  static PodPolicy named(String name) {
    return new PodPolicy(Manifests.of("production").one("NetworkPolicy", name));
  }

  boolean selects(JsonNode pod) {
    return selects(policy.at("/spec/podSelector"), pod);
  }

  static boolean selects(JsonNode selector, JsonNode pod) {
    JsonNode labels = pod.at("/metadata/labels");
    return selector.path("matchLabels").properties().stream()
        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
  }

  JsonNode egress() {
    return policy.at("/spec/egress");
  }

  /** Who may connect to a port: the namespaces, and of the pod's own the pods. */
  Set<String> peers(String name, int number) {
    Set<String> peers = new TreeSet<>();
    for (JsonNode rule : policy.at("/spec/ingress")) {
      if (admits(rule, name, number)) {
        assertThat(rule.path("from")).isNotEmpty();
        for (JsonNode peer : rule.get("from")) {
          JsonNode namespace = peer.path("namespaceSelector");
          peers.add(
              namespace.isMissingNode()
                  ? peer.at("/podSelector/matchLabels/app").asText()
                  : namespace.at("/matchLabels/kubernetes.io~1metadata.name").asText());
        }
      }
    }
    return peers;
  }

  static boolean admits(JsonNode rule, String name, int number) {
    List<JsonNode> ports = new ArrayList<>();
    rule.path("ports").forEach(ports::add);
    return ports.isEmpty()
        || ports.stream()
            .map(port -> port.get("port"))
            .anyMatch(port -> port.isTextual() && port.asText().equals(name))
        || ports.stream()
            .filter(port -> port.get("port").isInt())
            .anyMatch(
                port -> {
                  int first = port.get("port").asInt();
                  return number >= first && number <= port.path("endPort").asInt(first);
                });
  }

  /** The ports of a pod's first container, by name. */
  static Map<String, Integer> ports(JsonNode pod) {
    Map<String, Integer> ports = new HashMap<>();
    pod.at("/spec/containers/0/ports")
        .forEach(port -> ports.put(port.get("name").asText(), port.get("containerPort").asInt()));
    return ports;
  }
}
