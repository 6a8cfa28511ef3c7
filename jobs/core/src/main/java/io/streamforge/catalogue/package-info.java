/** What a published number is: its name, its unit, its formula and where that comes from. */
package io.streamforge.catalogue;
