package io.streamforge.bench.latency;

import java.util.List;
import java.util.Map;

/**
 * All that was measured.
 *
 * @param maximum messages per second that feed, broker and job manage together, closed loop
 * @param seconds that count, of each scenario
 * @param settings of all scenarios, that differ from the defaults
 */
record LatencyFigures(
    double maximum,
    int instruments,
    int warmUpSeconds,
    int seconds,
    Map<String, String> settings,
    List<ScenarioFigures> scenarios) {}
