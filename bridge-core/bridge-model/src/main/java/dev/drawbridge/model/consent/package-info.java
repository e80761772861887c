/// Who may be carried where, and why not.
@NullMarked
package dev.drawbridge.model.consent;

import org.jspecify.annotations.NullMarked;
