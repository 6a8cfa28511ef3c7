/**
 * What settings are called, and how a wrong one, or a file that is wrong, is refused in one line.
 */
package io.streamforge.settings;
