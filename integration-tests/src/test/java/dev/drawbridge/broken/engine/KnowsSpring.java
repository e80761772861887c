package dev.drawbridge.broken.engine;

import org.springframework.context.ApplicationContext;

/// The engine itself must not know Spring.
public record KnowsSpring(ApplicationContext context) {}
