package io.streamforge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The pod that Kubernetes makes of the loader's Deployment, and what the loader is told there.
 *
 * @param config the text of the config map that is mounted
 */
record LoaderPod(JsonNode deployment, JsonNode pod, String config) {
  static final String NAME = "streamforge-loader";
  static final String CONFIG = "/etc/streamforge/loader/loader.yaml";

  static LoaderPod of(Manifests manifests) {
    JsonNode deployment = manifests.one("Deployment", NAME);
    ObjectNode pod = deployment.at("/spec/template").deepCopy();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    String map = pod.at("/spec/volumes").findValue("configMap").get("name").asText();
    return new LoaderPod(
        deployment, pod, manifests.one("ConfigMap", map).at("/data").get("loader.yaml").asText());
  }

  JsonNode container() {
    return pod.at("/spec/containers/0");
  }

  List<String> args() {
    return Manifests.texts(container().get("args"));
  }

  List<String> mounts() {
    return container().get("volumeMounts").findValuesAsText("mountPath");
  }
}
