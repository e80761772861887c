/// What bots say to people, in the languages they read.
@NullMarked
package dev.drawbridge.engine.notice;

import org.jspecify.annotations.NullMarked;
