/// What the operator allows and denies, by name and by content.
@NullMarked
package dev.drawbridge.model.moderation;

import org.jspecify.annotations.NullMarked;
