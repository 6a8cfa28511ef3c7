package io.streamforge.bench.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A class of ours in a JVM of its own, with the options that every JVM here has. They speak by
 * lines; it ends when its standard input does.
 */
public final class JavaProcess implements AutoCloseable {
  private static final String HOME = System.getProperty("streamforge.home", "../..");

  private final Process process;
  private final BufferedReader lines;
  private final String name;

  private JavaProcess(Process process, String name) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
    this.name = name;
  }

  /**
   * Starts one.
   *
   * @param heap such as {@code 2g}
   * @param first what begins the class path: the jars whose names begin so
   */
  public static JavaProcess start(Class<?> main, String heap, String first, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(HOME, "src/cli/jvm.options"));
    command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-Dstreamforge.home=" + HOME));
    command.addAll(List.of("-cp", classPath(first), main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new JavaProcess(process, "%s %s".formatted(main.getSimpleName(), arguments));
  }

  private static String classPath(String first) {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .sorted(Comparator.comparing(path -> !new File(path).getName().startsWith(first)))
            .toList());
  }

  /**
   * The next line that it says.
   *
   * @throws IOException if it has ended instead
   */
  public String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException(name + " has ended, see above");
    }
    return line;
  }

  /** Says an empty line to it. */
  public void go() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Processor time that it has taken, of all its threads. */
  public Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException(name + " has no CPU time: it has ended"));
  }

  /** In the process itself: returns when its standard input ends. */
  public static void awaitEndOfInput() throws IOException {
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
