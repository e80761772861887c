package dev.drawbridge.activitypub.object;

import java.util.Set;

/// Names that other servers know us and each other by.
public final class Vocabulary {
    public static final String CONTEXT = "https://www.w3.org/ns/activitystreams";
    public static final String SECURITY = "https://w3id.org/security/v1";

    /// The collection that stands for everybody, as we write it.
    public static final String PUBLIC = CONTEXT + "#Public";

    /// The media type of what we send and serve.
    public static final String ACTIVITY_JSON = "application/activity+json";

    /// What we ask for.
    public static final String ACCEPT = ACTIVITY_JSON + ", application/ld+json; profile=\"" + CONTEXT + "\"";

    private static final Set<String> EVERYBODY = Set.of(PUBLIC, "as:Public", "Public");

    private Vocabulary() {}

    /// Whether an addressee means everybody, in any of the three spellings in use.
    public static boolean isPublic(String addressee) {
        return EVERYBODY.contains(addressee);
    }

    /// Whether a media type promises an ActivityPub document. A server that lets people upload files never sends these
    /// for them, which plain JSON does not promise.
    public static boolean isActivityJson(String contentType) {
        String type = contentType.toLowerCase(java.util.Locale.ROOT);
        String bare = type.split(";", 2)[0].strip();
        return bare.equals(ACTIVITY_JSON) || (bare.equals("application/ld+json") && type.contains(CONTEXT));
    }
}
