/// What people see, in a real browser.
@NullMarked
package dev.drawbridge.it.browser;

import org.jspecify.annotations.NullMarked;
