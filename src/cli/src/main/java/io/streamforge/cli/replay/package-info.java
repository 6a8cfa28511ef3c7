/** The job run over recordings to their end, and its output gathered into files. */
package io.streamforge.cli.replay;
