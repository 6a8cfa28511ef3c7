package io.streamforge.cli.recording;

import io.streamforge.cli.files.LineFile;
import io.streamforge.testkit.RawMessage;
import io.streamforge.testkit.RecordingLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads a recording: JSON lines, gzipped or not, in order of receive time. The lines are read as
 * they are asked for.
 */
public final class Recording implements AutoCloseable {
  /** How far a line may be behind one above it: as far as the records of a log may be. */
  private static final long DISORDER_US = 1_000_000;

  private final Path file;
  private final LineFile lines;
  private long newestUs;
  private RawMessage next;

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or its first line is none of a recording
   */
  public Recording(Path file) throws IOException {
    this.file = file;
    this.lines = new LineFile(file);
    advance();
  }

  /** The line that {@link #poll} gives next; null at the end. */
  public RawMessage peek() {
    return next;
  }

  /** Where that line stands: file and line. */
  String place() {
    return lines.place();
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
    String line = lines.next();
    next = null;
    if (line == null) {
      return;
    }
    next = RecordingLine.read(line, file, lines.number());
    if (next.receiveTimeUs() < newestUs - DISORDER_US) {
      throw new IOException(lines.place() + " was received more than 1 s before a line above it");
    }
    newestUs = Math.max(newestUs, next.receiveTimeUs());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
