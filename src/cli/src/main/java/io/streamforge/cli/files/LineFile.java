package io.streamforge.cli.files;

import io.streamforge.settings.FileFault;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a text file line by line, gzipped or not, as its first bytes say. A byte order mark and
 * blank lines are passed over; what cannot be read is said with the file and the line.
 */
public final class LineFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path file;
  private final BufferedReader lines;
  private long number;

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read; it says which, and why
   */
  public LineFile(Path file) throws IOException {
    this.file = file;
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder, must be a file");
    }
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      InputStream text = isGzip(bytes) ? new GZIPInputStream(bytes, BUFFER) : bytes;
      lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER);
    } catch (IOException e) {
      bytes.close();
      throw located(e);
    }
  }

  private static boolean isGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean magic = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return magic;
  }

  /**
   * The next line that is not blank; null at the end.
   *
   * @throws IOException if it cannot be read; it says where, and why
   */
  public String next() throws IOException {
    try {
      String line = read();
      while (line != null && line.isBlank()) {
        line = read();
      }
      return line;
    } catch (EOFException | ZipException e) {
      throw located(e);
    } catch (IOException e) {
      throw new IOException("%s line %d: %s".formatted(file, number + 1, FileFault.reason(e)), e);
    }
  }

  private String read() throws IOException {
    String line = lines.readLine();
    number++;
    boolean marked = number == 1 && line != null && line.startsWith(BYTE_ORDER_MARK);
    return marked ? line.substring(1) : line;
  }

  private IOException located(IOException e) {
    String fault =
        e instanceof EOFException
            ? "the gzip ends too early: the file is not whole"
            : "the gzip is damaged: " + e.getMessage();
    return new IOException("%s line %d: %s".formatted(file, number + 1, fault), e);
  }

  /** Number of the line that was read last, from 1. */
  public long number() {
    return number;
  }

  /** Where that line stands: file and line. */
  public String place() {
    return file + " line " + number;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
