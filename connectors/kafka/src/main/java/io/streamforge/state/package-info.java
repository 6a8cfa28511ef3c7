/** Serializers whose bytes and ids in savepoints outlive the classes that wrote them. */
package io.streamforge.state;
