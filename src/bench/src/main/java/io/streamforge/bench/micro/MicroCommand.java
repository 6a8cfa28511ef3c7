package io.streamforge.bench.micro;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench micro}: the parts that a message passes, each on its own, measured by JMH. */
@Command(
    name = "micro",
    description = "Decoders, books and covariances, each on its own (JMH).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class MicroCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      defaultValue = ".*",
      paramLabel = "REGEX",
      description = "Benchmarks by class or method, such as Book.")
  private String only;

  @Option(names = "--once", description = "Each once, unmeasured: whether they run.")
  private boolean once;

  @Option(
      names = "--allocations",
      description = "Bytes allocated an operation, beside the time of it.")
  private boolean allocations;

  @Option(names = "--out", paramLabel = "FILE", description = "Default: target/bench/micro.json.")
  private Path out =
      Path.of(System.getProperty("streamforge.home", "."), "target/bench/micro.json");

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(out.toAbsolutePath().getParent());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("io\\.streamforge\\.bench\\.micro.*(" + only + ")")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(once ? 0 : 1)
            .warmupIterations(once ? 0 : 3)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(once ? 1 : 5)
            .measurementTime(once ? TimeValue.milliseconds(1) : TimeValue.seconds(2))
            .resultFormat(ResultFormatType.JSON)
            .result(out.toString());
    if (allocations) {
      options.addProfiler("gc");
    }
    new Runner(options.build()).run();
    return 0;
  }
}
