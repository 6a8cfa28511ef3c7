/** A job's topics on a broker: created, read, and compared. */
package io.streamforge.cli.topics;
