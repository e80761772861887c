/// The use cases in plain Java: receive, bridge, deliver, park. Each stage is a small class with one public method.
@NullMarked
package dev.drawbridge.engine;

import org.jspecify.annotations.NullMarked;
