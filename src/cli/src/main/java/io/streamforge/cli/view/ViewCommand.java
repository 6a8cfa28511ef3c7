package io.streamforge.cli.view;

import io.streamforge.cli.cluster.Ports;
import io.streamforge.cli.topics.JobBroker;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private JobBroker broker;

  @Option(
      names = "--port",
      defaultValue = PORT,
      paramLabel = "PORT",
      description = "Port of the page; 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public Integer call() throws Exception {
    Ports.check(port, "the page", "--port");
    try (LiveView view = LiveView.start(broker.settings(), port)) {
      System.out.println("The market is at " + view.address() + "   Ctrl-C ends it.");
      view.await();
    }
    return 0;
  }
}
