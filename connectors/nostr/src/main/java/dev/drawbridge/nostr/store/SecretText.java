package dev.drawbridge.nostr.store;

import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;

/// Events into which their author wrote a private key: nobody else is to see them.
public final class SecretText {
    private SecretText() {}

    /// Whether a private key stands in what its author wrote.
    public static boolean in(Event event) {
        return PrivateKeys.in(event.content()) || event.tags().stream().anyMatch(tag -> PrivateKeys.in(tag.toString()));
    }

    /// Whether it takes something back, which is done, and is not kept itself.
    public static boolean isHeededOnly(Event event) {
        return takesBack(event) && in(event);
    }

    /// Whether it neither does anything in our store nor is kept there.
    public static boolean isRefused(Event event) {
        return !takesBack(event) && in(event);
    }

    private static boolean takesBack(Event event) {
        return event.kind() == Kind.DELETION || event.kind() == Kind.VANISH;
    }
}
