/** What an operator sees of the loader: metrics, log and health. */
package io.streamforge.loader.watch;
