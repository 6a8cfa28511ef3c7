/** WebSocket and HTTPS, behind two small interfaces. */
package io.streamforge.loader.net;
