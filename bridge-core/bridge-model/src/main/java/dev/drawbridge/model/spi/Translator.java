package dev.drawbridge.model.spi;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Translation;
import java.time.Instant;
import java.util.List;

/// Both directions between a network's own form and the canonical model. Pure: no I/O, no clock, no randomness, no
/// state. Never throws on remote data.
public interface Translator {
    /// Reads one document of the network (what `drawbridge translate` is fed with) without checking signatures.
    ///
    /// @param now used as the time of receipt
    Translation<NativeEvent> decode(String document, Instant now);

    /// The ids `toCanonical` wants to know about.
    Needs needs(NativeEvent event);

    /// One event may be several activities (a Nostr follow list), or none that concern the bridge (an empty list).
    Translation<List<Activity>> toCanonical(NativeEvent event, Resolved resolved, Instant now);

    /// @param resolved the author, everybody mentioned and every object referred to, from this network's viewpoint
    Translation<NativeDraft> fromCanonical(Activity activity, Resolved resolved, Instant now);
}
