/** How many instruments a plain market takes, and which of them its graph seats. */
package io.streamforge.testkit.reference.limits;
