/** The loader's configuration, and how a wrong one is refused in one line. */
package io.streamforge.loader.config;
