/** What settings are called, and how a wrong one is refused in one line. */
package io.streamforge.settings;
