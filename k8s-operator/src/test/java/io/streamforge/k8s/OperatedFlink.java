package io.streamforge.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.client.deployment.ClusterSpecification;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.DeploymentOptionsInternal;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptionsInternal;
import org.apache.flink.kubernetes.configuration.KubernetesDeploymentTarget;
import org.apache.flink.kubernetes.entrypoint.KubernetesApplicationClusterEntrypoint;
import org.apache.flink.kubernetes.kubeclient.FlinkPod;
import org.apache.flink.kubernetes.kubeclient.KubernetesJobManagerSpecification;
import org.apache.flink.kubernetes.kubeclient.factory.KubernetesJobManagerFactory;
import org.apache.flink.kubernetes.kubeclient.factory.KubernetesTaskManagerFactory;
import org.apache.flink.kubernetes.kubeclient.parameters.KubernetesJobManagerParameters;
import org.apache.flink.kubernetes.kubeclient.parameters.KubernetesTaskManagerParameters;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Pod;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.client.utils.Serialization;
import org.apache.flink.kubernetes.utils.Constants;
import org.apache.flink.runtime.clusterframework.ContaineredTaskManagerParameters;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;

/**
 * The pods that Flink makes of a FlinkDeployment: the operator turns it into a configuration and
 * two pod templates, as {@link #of} does, and Flink's own code turns these into pods.
 */
record OperatedFlink(Configuration configuration, JsonNode jobManager, JsonNode taskManager) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Makes the pods.
   *
   * @param folder for the files that Flink reads its configuration from
   */
  static OperatedFlink of(Manifests manifests, Path folder) throws IOException {
    JsonNode spec = manifests.flinkDeployment().get("spec");
    Configuration configuration = configuration(manifests);
    Files.writeString(
        folder.resolve(Constants.CONFIG_FILE_LOG4J_NAME),
        spec.at("/logConfiguration/log4j-console.properties").asText());
    configuration.set(DeploymentOptionsInternal.CONF_DIR, folder.toString());
    return new OperatedFlink(
        configuration,
        jobManager(configuration, template(spec, "jobManager")),
        taskManager(configuration, template(spec, "taskManager")));
  }

  /** What Flink's processes are configured with. */
  static Configuration configuration(Manifests manifests) {
    JsonNode flinkDeployment = manifests.flinkDeployment();
    JsonNode spec = flinkDeployment.get("spec");
    Configuration configuration = Configuration.fromMap(manifests.flinkConfiguration());
    configuration.set(KubernetesConfigOptions.CLUSTER_ID, Manifests.name(flinkDeployment));
    configuration.set(
        KubernetesConfigOptions.NAMESPACE, flinkDeployment.at("/metadata/namespace").asText());
    configuration.set(KubernetesConfigOptions.CONTAINER_IMAGE, spec.get("image").asText());
    configuration.set(
        KubernetesConfigOptions.CONTAINER_IMAGE_PULL_POLICY,
        KubernetesConfigOptions.ImagePullPolicy.valueOf(spec.get("imagePullPolicy").asText()));
    configuration.set(
        KubernetesConfigOptions.KUBERNETES_SERVICE_ACCOUNT, spec.get("serviceAccount").asText());
    configuration.set(DeploymentOptions.TARGET, KubernetesDeploymentTarget.APPLICATION.getName());
    configuration.set(
        KubernetesConfigOptionsInternal.ENTRY_POINT_CLASS,
        KubernetesApplicationClusterEntrypoint.class.getName());
    configuration.set(
        ApplicationConfiguration.APPLICATION_MAIN_CLASS, spec.at("/job/entryClass").asText());
    configuration.set(
        ApplicationConfiguration.APPLICATION_ARGS, Manifests.texts(spec.at("/job/args")));
    configuration.set(PipelineOptions.JARS, List.of(spec.at("/job/jarURI").asText()));
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, spec.at("/job/parallelism").asInt());
    configuration.set(
        KubernetesConfigOptions.KUBERNETES_JOBMANAGER_REPLICAS,
        spec.at("/jobManager/replicas").asInt());
    configuration.set(
        KubernetesConfigOptions.JOB_MANAGER_CPU, spec.at("/jobManager/resource/cpu").asDouble());
    configuration.set(
        KubernetesConfigOptions.TASK_MANAGER_CPU, spec.at("/taskManager/resource/cpu").asDouble());
    configuration.setString(
        JobManagerOptions.TOTAL_PROCESS_MEMORY.key(),
        memory(spec.at("/jobManager/resource/memory").asText()));
    configuration.setString(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY.key(),
        memory(spec.at("/taskManager/resource/memory").asText()));
    return configuration;
  }

  /** Kubernetes writes 4Gi what Flink writes 4 gb. */
  private static String memory(String quantity) {
    return quantity.replace("Gi", " gb").replace("Mi", " mb");
  }

  private static JsonNode template(JsonNode spec, String component) {
    ObjectNode common = spec.get("podTemplate").deepCopy();
    JsonNode template = merge(common, spec.at("/" + component + "/podTemplate"));
    JsonNode storage = spec.at("/" + component + "/resource/ephemeralStorage");
    if (!storage.isMissingNode()) {
      ObjectNode resources =
          ((ObjectNode) template.at("/spec/containers/0")).putObject("resources");
      resources.putObject("requests").set("ephemeral-storage", storage);
      resources.putObject("limits").set("ephemeral-storage", storage);
    }
    return template;
  }

  /** Lists of what has a name are merged by it. */
  private static JsonNode merge(JsonNode base, JsonNode over) {
    if (base instanceof ObjectNode object && over instanceof ObjectNode changes) {
      for (var change : changes.properties()) {
        JsonNode before = object.path(change.getKey());
        object.set(change.getKey(), merge(before, change.getValue()));
      }
      return object;
    }
    if (base instanceof ArrayNode array && over instanceof ArrayNode changes) {
      List<JsonNode> merged = new ArrayList<>();
      array.forEach(merged::add);
      for (JsonNode change : changes) {
        int place = 0;
        while (place < merged.size()
            && !merged.get(place).path("name").equals(change.path("name"))) {
          place++;
        }
        if (place == merged.size()) {
          merged.add(change);
        } else {
          merged.set(place, merge(merged.get(place), change));
        }
      }
      return JSON.createArrayNode().addAll(merged);
    }
    return over.isMissingNode() ? base : over;
  }

  private static JsonNode jobManager(Configuration configuration, JsonNode template)
      throws IOException {
    ClusterSpecification specification =
        new ClusterSpecification.ClusterSpecificationBuilder()
            .setMasterMemoryMB(
                configuration.get(JobManagerOptions.TOTAL_PROCESS_MEMORY).getMebiBytes())
            .createClusterSpecification();
    KubernetesJobManagerSpecification made =
        KubernetesJobManagerFactory.buildKubernetesJobManagerSpecification(
            pod(template), new KubernetesJobManagerParameters(configuration, specification));
    return asPod(Serialization.asJson(made.getDeployment().getSpec().getTemplate()));
  }

  private static JsonNode taskManager(Configuration configuration, JsonNode template)
      throws IOException {
    TaskExecutorProcessSpec process = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    KubernetesTaskManagerParameters parameters =
        new KubernetesTaskManagerParameters(
            configuration,
            "streamforge-taskmanager-1-1",
            "",
            "",
            ContaineredTaskManagerParameters.create(configuration, process),
            Map.of(),
            Set.of());
    Pod made =
        KubernetesTaskManagerFactory.buildTaskManagerKubernetesPod(pod(template), parameters)
            .getInternalResource();
    return asPod(Serialization.asJson(made));
  }

  private static FlinkPod pod(JsonNode template) {
    Pod pod = Serialization.unmarshal(template.toString(), Pod.class);
    var containers = pod.getSpec().getContainers();
    return new FlinkPod.Builder().withMainContainer(containers.remove(0)).withPod(pod).build();
  }

  private static JsonNode asPod(String json) throws IOException {
    ObjectNode pod = (ObjectNode) JSON.readTree(json);
    return pod.put("apiVersion", "v1").put("kind", "Pod");
  }
}
