/** The loader: feeds of live exchanges, written to the raw topics. */
package io.streamforge.loader;
