/** What tests of several modules read: recordings, and book messages as a test writes them. */
package io.streamforge.testkit;
