package io.streamforge.cli.recording;

import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads a recording: JSON lines, gzipped where the name ends in {@code .gz}, in order of receive
 * time. The lines are read as they are asked for.
 */
public final class Recording implements AutoCloseable {
  /** How far a line may be behind one above it: as far as the records of a log may be. */
  private static final long DISORDER_US = 1_000_000;

  private final Path file;
  private final BufferedReader lines;
  private long lineNumber;
  private long newestUs;
  private RawMessage next;

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or its first line is none of a recording
   */
  public Recording(Path file) throws IOException {
    this.file = file;
    InputStream in = Files.newInputStream(file);
    if (file.toString().endsWith(".gz")) {
      in = new GZIPInputStream(in, 1 << 16);
    }
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    advance();
  }

  /** The line that {@link #poll} gives next; null at the end. */
  public RawMessage peek() {
    return next;
  }

  /** Takes the next line; null at the end. */
  public RawMessage poll() {
    RawMessage taken = next;
    try {
      advance();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return taken;
  }

  private void advance() throws IOException {
    String line = lines.readLine();
    lineNumber++;
    next = null;
    if (line == null) {
      return;
    }
    next = RecordingLine.read(line, file, lineNumber);
    if (next.receiveTimeUs() < newestUs - DISORDER_US) {
      throw new IOException(
          file + " line " + lineNumber + " was received more than 1 s before a line above it");
    }
    newestUs = Math.max(newestUs, next.receiveTimeUs());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
