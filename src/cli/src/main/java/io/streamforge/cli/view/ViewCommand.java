package io.streamforge.cli.view;

import io.streamforge.marketgraph.Settings;
import io.streamforge.runtime.KafkaOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code view}: the market in a browser. */
@Command(
    name = "view",
    description =
        "Serves a page of the market as it is, from the job's topics out, to browsers of this machine. Ctrl-C ends it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ViewCommand implements Callable<Integer> {
  /** Where the page is, unless told otherwise. */
  public static final String PORT = "8090";

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka brokers.")
  private String bootstrapServers;

  @Option(
      names = "--port",
      defaultValue = PORT,
      paramLabel = "PORT",
      description = "Port of the page; 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the job, for topics of other names or a broker that wants a login.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Map<String, String> values = new LinkedHashMap<>(given);
    values.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    try (LiveView view = LiveView.start(new Settings(values), port)) {
      System.out.println("The market is at " + view.address() + "   Ctrl-C ends it.");
      view.await();
    }
    return 0;
  }
}
