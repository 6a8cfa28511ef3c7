/** What settings are called, and how a wrong one, or a wrong file, is refused in one line. */
package io.streamforge.settings;
