/** Files that commands read and write, with messages that say which file and what is wrong. */
package io.streamforge.cli.files;
