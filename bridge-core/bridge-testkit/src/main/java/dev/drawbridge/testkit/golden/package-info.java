/// Translators proven by pairs of files: what a network says, and what that means in the bridge's own words.
@NullMarked
package dev.drawbridge.testkit.golden;

import org.jspecify.annotations.NullMarked;
