package io.streamforge.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is wrong with a file, as a person says it: many of the JDK's messages are a path alone. */
public final class FileFault {
  private FileFault() {}

  /** The message of a failure; that of a file names it and says why. */
  public static String message(IOException failure) {
    return failure instanceof FileSystemException of && of.getFile() != null
        ? of.getFile() + ": " + reason(of)
        : String.valueOf(failure.getMessage());
  }

  /** Why, without the file. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "is a file, must be a folder";
    }
    return failure instanceof FileSystemException of && of.getReason() != null
        ? of.getReason()
        : String.valueOf(failure.getMessage());
  }
}
