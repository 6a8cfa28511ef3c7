package io.streamforge.kafka.log;

/** Records that a job had still to read are no longer in Kafka. One line, for whoever runs it. */
public final class LostRecordsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LostRecordsException(String message) {
    super(message);
  }
}
