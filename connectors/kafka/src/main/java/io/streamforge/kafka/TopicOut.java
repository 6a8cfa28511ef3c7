package io.streamforge.kafka;

import java.io.Serializable;

/**
 * A topic that a job writes to.
 *
 * @param key of the setting that names it
 * @param topic its name
 * @param uid of its sink in savepoints; transactional ids have it, too
 */
public record TopicOut(String key, String topic, String uid) implements Serializable {}
