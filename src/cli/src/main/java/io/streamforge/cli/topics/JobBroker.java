package io.streamforge.cli.topics;

import io.streamforge.marketgraph.Settings;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** The options of a command that works on the topics of a job on a broker which runs elsewhere. */
public final class JobBroker {
  @Mixin private BrokerOptions broker;
  @Mixin private JobFile file;

  /**
   * The settings that were given, checked, once the broker has answered.
   *
   * @throws io.streamforge.settings.SettingsException if one is wrong
   * @throws IOException if the broker does not answer
   */
  public Settings settings() throws IOException, InterruptedException {
    return broker.settings(file);
  }
}
