/// What tests of every module share: ports in memory, a clock that stands still, a database for one test.
@NullMarked
package dev.drawbridge.testkit;

import org.jspecify.annotations.NullMarked;
