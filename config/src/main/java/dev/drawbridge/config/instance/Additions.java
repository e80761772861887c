package dev.drawbridge.config.instance;

import dev.drawbridge.console.PostTexts;
import dev.drawbridge.model.spi.Endpoint;
import java.time.InstantSource;
import java.util.List;

/// What a caller puts on top of an instance.
///
/// @param texts what the live page says about posts
/// @param endpoints served beside those of the connectors, and asked after them
/// @param clock what the sessions of operators go by
public record Additions(PostTexts texts, List<Endpoint> endpoints, InstantSource clock) {
    public static final Additions NONE = new Additions(PostTexts.UNKNOWN, List.of());

    public Additions {
        endpoints = List.copyOf(endpoints);
    }

    /// By the time it is.
    public Additions(PostTexts texts, List<Endpoint> endpoints) {
        this(texts, endpoints, InstantSource.system());
    }
}
