/** A made-up market with planted structure, written as a recording. */
package io.streamforge.cli.planted;
