package io.streamforge.bench.latency;

/**
 * What was measured in a scenario.
 *
 * @param messagesPerSecond sent, heartbeats not counted
 * @param graphMs from the record that completes a sample to its graph
 * @param symbolMs from there to the features of each instrument
 * @param bookMessageMs from a message about a book to the features of its sample
 * @param graphAgeMs from a sample's time to its graph
 * @param eventMs from a message to its market event, where they are written
 * @param feedLateMs by how much the feed itself was behind; the latencies have it in them
 * @param jobCores processors that the job took, all its threads
 * @param brokerCores likewise
 * @param machineLoad the system's load average of the last minute, at the end
 */
record ScenarioFigures(
    String name,
    String description,
    double messagesPerSecond,
    Percentiles graphMs,
    Percentiles symbolMs,
    Percentiles bookMessageMs,
    Percentiles graphAgeMs,
    Percentiles eventMs,
    Percentiles feedLateMs,
    double jobCores,
    double brokerCores,
    double machineLoad) {}
