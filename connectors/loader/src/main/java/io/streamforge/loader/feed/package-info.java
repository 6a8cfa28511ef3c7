/** Feeds: connections that are kept up, and books and trades that are written once. */
package io.streamforge.loader.feed;
