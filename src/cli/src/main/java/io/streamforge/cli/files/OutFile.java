package io.streamforge.cli.files;

import io.streamforge.settings.FileFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is written. Where the disk is full, for one, the failure names the file. */
public final class OutFile extends OutputStream {
  private final Path file;
  private final OutputStream out;

  /**
   * Begins it anew.
   *
   * @throws IOException if it cannot be written; it says which, and why
   */
  public OutFile(Path file) throws IOException {
    this.file = file;
    try {
      this.out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw named(e);
    }
  }

  /** Writes all of a text. */
  public static void write(Path file, String text) throws IOException {
    try (OutputStream out = new OutFile(file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Tries whether a file can be written, before the work that it is for. What it holds stays.
   *
   * @param option by which the file was given
   * @throws IOException if not; it says why
   */
  public static void tryFile(String option, Path file) throws IOException {
    boolean isNew = Files.notExists(file);
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("is a folder");
      }
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (isNew) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw refused(option, file, "file", e);
    }
  }

  /**
   * Makes a folder if it is missing, and tries whether it can be written.
   *
   * @param option by which the folder was given
   * @throws IOException if not; it says why
   */
  public static void tryFolder(String option, Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".try-", ""));
    } catch (IOException e) {
      throw refused(option, folder, "folder", e);
    }
  }

  private static IOException refused(String option, Path path, String what, IOException e) {
    return new IOException(
        "%s is '%s', must be a %s that can be written: %s"
            .formatted(option, path, what, FileFault.reason(e)),
        e);
  }

  private IOException named(IOException e) {
    return new IOException(file + " cannot be written: " + FileFault.reason(e), e);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw named(e);
    }
  }
}
