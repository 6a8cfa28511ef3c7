package io.streamforge.bench.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A benchmark as a command: it measures one thing after another, keeps the figures in a file as
 * they come, and prints a table of all at its end.
 *
 * @param <F> the figures of one thing that is measured
 */
@Command(mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true)
public abstract class Experiment<F> implements Callable<Integer> {
  private static final Path FOLDER =
      Path.of(System.getProperty("streamforge.home", "."), "target/bench");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Default: target/bench/${COMMAND-NAME}.json.")
  private Path out;

  /** Takes the figures of what has been measured. */
  @FunctionalInterface
  public interface Figures<F> {
    void add(F figures) throws IOException;
  }

  /**
   * Measures.
   *
   * @param done takes the figures of each thing as soon as it has been measured
   * @throws IllegalArgumentException if an option says what cannot be
   */
  protected abstract void measure(Figures<F> done) throws Exception;

  /** Prints a table for a person. */
  protected abstract void print(List<F> figures, PrintStream to);

  /** What the file says of all figures; the list of them if nothing else is said. */
  protected Object document(List<F> figures) throws IOException {
    return figures;
  }

  @Override
  public final Integer call() throws Exception {
    Path file = file(out, "json");
    Files.createDirectories(file.getParent());
    List<F> all = new ArrayList<>();
    measure(
        figures -> {
          all.add(figures);
          JSON.writeValue(file.toFile(), document(all)); // an hour's work is not lost with the next
        });
    print(all, System.out);
    return 0;
  }

  /** The file that was asked for, else the benchmark's own of that ending. */
  protected final Path file(Path given, String ending) {
    return (given == null ? FOLDER.resolve(spec.name() + "." + ending) : given).toAbsolutePath();
  }

  /** Says what has been done so far. */
  protected static void say(String line) {
    System.err.println(line);
  }

  /** Checks the number of an option; what is below 1 is an {@link IllegalArgumentException}. */
  protected static void atLeastOne(String option, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s is %d: at least 1".formatted(option, number));
    }
  }
}
