package dev.drawbridge.broken.engine;

import org.apache.camel.CamelContext;

/// The engine itself must not know Camel.
public record KnowsCamel(CamelContext context) {}
