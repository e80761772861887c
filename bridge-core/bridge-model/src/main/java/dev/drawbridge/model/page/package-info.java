/// What pages for people keep to, whoever serves them.
@NullMarked
package dev.drawbridge.model.page;

import org.jspecify.annotations.NullMarked;
