/** How state is stored in named parts, so that a later version may add one and drop another. */
package io.streamforge.section;
