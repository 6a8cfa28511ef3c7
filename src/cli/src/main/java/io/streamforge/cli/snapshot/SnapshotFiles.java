package io.streamforge.cli.snapshot;

import io.streamforge.cli.files.OutFile;
import io.streamforge.record.GraphFeaturesRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a snapshot is written: all its files into a folder, or one of them alone. */
final class SnapshotFiles {
  private static final String PICTURE = ".svg";
  private static final String GRAPHML = ".graphml";

  /** How the name of a file ends, and that of a folder seldom. */
  private static final Pattern EXTENSION = Pattern.compile(".*\\.[A-Za-z]{2,8}");

  private final Path out;
  private final String name;

  private SnapshotFiles(Path out) {
    this.out = out;
    this.name = String.valueOf(out.getFileName());
  }

  /**
   * Tries whether it can be written, before there is a snapshot.
   *
   * @param out a folder, made if missing, or a file whose name says what it is to hold
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if no such file is known
   */
  static SnapshotFiles at(Path out) throws IOException {
    SnapshotFiles files = new SnapshotFiles(out);
    if (files.isOne()) {
      OutFile.tryFile("--out", out);
    } else if (EXTENSION.matcher(files.name).matches() && !Files.isDirectory(out)) {
      throw new IllegalArgumentException(
          "--out is '%s', must be a file that ends in %s or %s, or a folder for these and the tables in CSV"
              .formatted(out, PICTURE, GRAPHML));
    } else {
      OutFile.tryFolder("--out", out);
    }
    return files;
  }

  private boolean isOne() {
    return name.endsWith(PICTURE) || name.endsWith(GRAPHML);
  }

  void write(GraphFeaturesRecord snapshot) throws IOException {
    if (name.endsWith(PICTURE)) {
      OutFile.write(out, GraphPicture.of(snapshot));
    } else if (name.endsWith(GRAPHML)) {
      OutFile.write(out, GraphMl.of(snapshot));
    } else {
      OutFile.write(out.resolve("graph" + PICTURE), GraphPicture.of(snapshot));
      OutFile.write(out.resolve("graph" + GRAPHML), GraphMl.of(snapshot));
      GraphTables.write(snapshot, out);
    }
  }
}
