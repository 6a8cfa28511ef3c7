/** What each venue's feed is subscribed with, and how its answers are read. */
package io.streamforge.loader.venue;
