/** Which of the instruments that messages name are taken, and how many of a partition. */
package io.streamforge.admission;
