package io.streamforge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The restricted profile of Kubernetes' pod security standards, for Linux, as the API server holds
 * pods to it in a namespace with the label {@code pod-security.kubernetes.io/enforce: restricted}.
 */
final class RestrictedPods {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes");
  private static final Set<String> SELINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  private final List<String> violations = new ArrayList<>();

  private RestrictedPods() {}

  /** What the API server would refuse the pod for. */
  static List<String> violations(JsonNode pod) {
    RestrictedPods check = new RestrictedPods();
    check.pod(pod);
    return check.violations;
  }

  private void pod(JsonNode pod) {
    JsonNode spec = pod.get("spec");
    JsonNode context = spec.path("securityContext");
    for (String namespace : List.of("hostNetwork", "hostPID", "hostIPC")) {
      require(!spec.path(namespace).asBoolean(), namespace);
    }
    for (JsonNode volume : spec.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              field -> require(field.equals("name") || VOLUMES.contains(field), "volume " + field));
    }
    context
        .path("sysctls")
        .forEach(sysctl -> require(SYSCTLS.contains(sysctl.get("name").asText()), "sysctl"));
    common(context);
    Stream.of("initContainers", "containers", "ephemeralContainers")
        .forEach(kind -> spec.path(kind).forEach(container -> container(container, context)));
  }

  private void container(JsonNode container, JsonNode podContext) {
    JsonNode context = container.path("securityContext");
    common(context);
    require(!context.path("privileged").asBoolean(), "privileged");
    require(context.has("allowPrivilegeEscalation"), "allowPrivilegeEscalation is not set");
    require(!context.path("allowPrivilegeEscalation").asBoolean(), "allowPrivilegeEscalation");
    require(Manifests.texts(context.at("/capabilities/drop")).contains("ALL"), "capabilities stay");
    require(
        Set.of("NET_BIND_SERVICE").containsAll(Manifests.texts(context.at("/capabilities/add"))),
        "capabilities are added");
    require(either(context, podContext, "runAsNonRoot").asBoolean(), "may run as root");
    require(
        Set.of("RuntimeDefault", "Localhost")
            .contains(either(context, podContext, "seccompProfile").path("type").asText()),
        "seccompProfile");
    require(Set.of("", "Default").contains(context.path("procMount").asText()), "procMount");
    for (JsonNode port : container.path("ports")) {
      require(port.path("hostPort").asInt() == 0, "hostPort");
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      require(container.at("/" + probe + "/httpGet/host").isMissingNode(), probe + " host");
      require(container.at("/" + probe + "/tcpSocket/host").isMissingNode(), probe + " host");
    }
  }

  private void common(JsonNode context) {
    JsonNode user = context.path("runAsUser");
    require(user.isMissingNode() || user.asInt() != 0, "runAsUser");
    require(!context.at("/windowsOptions/hostProcess").asBoolean(), "hostProcess");
    JsonNode selinux = context.path("seLinuxOptions");
    require(SELINUX_TYPES.contains(selinux.path("type").asText()), "seLinuxOptions");
    require(!selinux.has("user") && !selinux.has("role"), "seLinuxOptions");
    require(
        Set.of("", "RuntimeDefault", "Localhost")
            .contains(context.at("/appArmorProfile/type").asText()),
        "appArmorProfile");
  }

  private static JsonNode either(JsonNode context, JsonNode podContext, String field) {
    return context.has(field)
        ? context.get(field)
        : podContext.has(field) ? podContext.get(field) : JsonNodeFactory.instance.missingNode();
  }

  private void require(boolean kept, String what) {
    if (!kept) {
      violations.add(what);
    }
  }
}
