/** Markets that are made up, of any size, from a seed. */
package io.streamforge.testkit.generated;
