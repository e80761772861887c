package dev.drawbridge.config.instance;

import dev.drawbridge.console.PostTexts;
import dev.drawbridge.model.spi.Endpoint;
import java.util.List;

/// What a caller puts on top of an instance.
///
/// @param texts what the live page says about posts
/// @param endpoints served beside those of the connectors, and asked after them
public record Additions(PostTexts texts, List<Endpoint> endpoints) {
    public static final Additions NONE = new Additions(PostTexts.UNKNOWN, List.of());

    public Additions {
        endpoints = List.copyOf(endpoints);
    }
}
