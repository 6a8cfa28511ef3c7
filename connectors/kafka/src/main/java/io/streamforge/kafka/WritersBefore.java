package io.streamforge.kafka;

import java.io.Serializable;
import java.util.Set;

/**
 * The producers that a job's topics out knew before the job started: none of them is the job's,
 * since a producer that writes without transactions gets an id of its own each time it starts.
 *
 * @param known whether the broker has told
 * @param producerIds as Kafka numbers them
 */
public record WritersBefore(boolean known, Set<Long> producerIds) implements Serializable {
  /** Where the broker does not tell: no other writer is found. */
  public static final WritersBefore UNKNOWN = new WritersBefore(false, Set.of());

  public WritersBefore {
    producerIds = Set.copyOf(producerIds);
  }
}
