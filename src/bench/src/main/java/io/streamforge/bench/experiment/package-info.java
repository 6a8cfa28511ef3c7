/**
 * What every benchmark has alike: its shape as a command, its table and the file of its figures.
 */
package io.streamforge.bench.experiment;
