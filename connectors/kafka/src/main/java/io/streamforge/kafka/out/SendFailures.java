package io.streamforge.kafka.out;

import io.streamforge.topic.OutputRecord;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.function.ThrowingRunnable;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * What a writer that fails says: where Kafka refuses a record for its size, the topic, the size and
 * what would help. For one writer's thread.
 */
final class SendFailures {
  private final String topic;
  private long largest;

  SendFailures(String topic) {
    this.topic = topic;
  }

  /** A record is handed to the producer. */
  void sending(OutputRecord record) {
    largest = Math.max(largest, record.sizeInLog());
  }

  /** Kafka has acknowledged all records. */
  void flushed() {
    largest = 0;
  }

  /**
   * Explains a failure.
   *
   * @throws IOException if the connector's does not say all that there is to say
   */
  void explain(Exception failure) throws IOException {
    Optional<RecordTooLargeException> refused =
        ExceptionUtils.findThrowable(failure, RecordTooLargeException.class);
    if (refused.isPresent()) {
      throw new IOException(
          ("Kafka refuses a record of topic %s for its size: of those that it has not acknowledged the largest has %d"
                  + " bytes before compression; raise max.message.bytes of the topic (%s)")
              .formatted(topic, largest, refused.get().getMessage()),
          failure);
    }
  }

  /**
   * A context in which these failures are explained, too: the connector's writer throws one that
   * comes between two records in a mail of its own.
   */
  WriterInitContext explainedIn(WriterInitContext context) {
    MailboxExecutor mails = explainedIn(context.getMailboxExecutor());
    return (WriterInitContext)
        Proxy.newProxyInstance(
            SendFailures.class.getClassLoader(),
            new Class<?>[] {WriterInitContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getMailboxExecutor")) {
                return mails;
              }
              try {
                return method.invoke(context, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private MailboxExecutor explainedIn(MailboxExecutor mails) {
    return new MailboxExecutor() {
      @Override
      public void execute(
          MailOptions options,
          ThrowingRunnable<? extends Exception> command,
          String description,
          Object... arguments) {
        mails.execute(options, () -> runExplained(command), description, arguments);
      }

      @Override
      public void yield() throws InterruptedException {
        mails.yield();
      }

      @Override
      public boolean tryYield() {
        return mails.tryYield();
      }

      @Override
      public boolean shouldInterrupt() {
        return mails.shouldInterrupt();
      }
    };
  }

  private void runExplained(ThrowingRunnable<? extends Exception> command) throws Exception {
    try {
      command.run();
    } catch (Exception e) {
      explain(e);
      throw e;
    }
  }
}
