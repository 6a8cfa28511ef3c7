package io.streamforge.cli.cluster;

/**
 * What a person chooses of a cluster.
 *
 * @param taskManagers how many
 * @param memory of a TaskManager: a profile of flink-conf, such as {@code 2g}
 * @param highlyAvailable with a ZooKeeper that knows of the jobs when the JobManager dies
 * @param webPort of the web UI and the REST API
 * @param kafkaPort where Kafka's clients connect
 * @param partitions of the job's topics
 */
public record ClusterPlan(
    int taskManagers,
    String memory,
    boolean highlyAvailable,
    int webPort,
    int kafkaPort,
    int partitions) {}
