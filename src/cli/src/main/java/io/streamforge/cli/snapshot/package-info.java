/** The graph of one moment as a picture, as GraphML and as tables. */
package io.streamforge.cli.snapshot;
