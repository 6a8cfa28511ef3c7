/** The commands of {@code ./streamforge} as one program. */
package io.streamforge.cli;
