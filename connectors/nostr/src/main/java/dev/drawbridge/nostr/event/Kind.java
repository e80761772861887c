package dev.drawbridge.nostr.event;

/// The kinds of events this software knows, and the ranges of [NIP-01](https://nips.nostr.com/1).
public final class Kind {
    /// A profile (NIP-01).
    public static final int PROFILE = 0;
    /// A short text note (NIP-10).
    public static final int NOTE = 1;
    /// A whole follow list (NIP-02).
    public static final int FOLLOWS = 3;
    /// A private message in the old form (NIP-04).
    public static final int OLD_MESSAGE = 4;
    /// A request to delete (NIP-09).
    public static final int DELETION = 5;
    /// A repost of a note (NIP-18).
    public static final int REPOST = 6;
    /// A reaction (NIP-25).
    public static final int REACTION = 7;
    /// What holds a private message and is signed by its author (NIP-59).
    public static final int SEAL = 13;
    /// A private message (NIP-17); unsigned.
    public static final int MESSAGE = 14;
    /// A repost of anything but a note (NIP-18).
    public static final int GENERIC_REPOST = 16;
    /// A reaction to a web page (NIP-25).
    public static final int PAGE_REACTION = 17;
    /// Pictures (NIP-68).
    public static final int PICTURE = 20;
    /// A film (NIP-71).
    public static final int VIDEO = 21;
    /// A short film (NIP-71).
    public static final int SHORT_VIDEO = 22;
    /// A request to vanish (NIP-62).
    public static final int VANISH = 62;
    /// A vote in a poll (NIP-88).
    public static final int VOTE = 1018;
    /// What holds a seal and is signed by nobody in particular (NIP-59).
    public static final int GIFT_WRAP = 1059;
    /// A poll (NIP-88).
    public static final int POLL = 1068;
    /// A comment (NIP-22).
    public static final int COMMENT = 1111;
    /// A spoken message (NIP-A0).
    public static final int VOICE = 1222;
    /// A spoken answer (NIP-A0).
    public static final int VOICE_ANSWER = 1244;
    /// A complaint (NIP-56).
    public static final int REPORT = 1984;
    /// Whom somebody mutes (NIP-51).
    public static final int MUTES = 10000;
    /// What somebody puts first (NIP-51).
    public static final int PINS = 10001;
    /// The relays somebody reads and writes (NIP-65).
    public static final int RELAY_LIST = 10002;
    /// Which accounts elsewhere somebody says are theirs (NIP-39).
    public static final int IDENTITIES = 10011;
    /// The relays somebody takes private messages on (NIP-17).
    public static final int MESSAGE_RELAYS = 10050;
    /// Who is at the other end of a connection to a relay (NIP-42).
    public static final int CLIENT_AUTH = 22242;
    /// Who sends an HTTP request (NIP-98).
    public static final int HTTP_AUTH = 27235;

    /// An article in Markdown (NIP-23).
    public static final int ARTICLE = 30023;

    /// A film at an address (NIP-71).
    public static final int ADDRESSED_VIDEO = 34235;
    /// A short film at an address (NIP-71).
    public static final int ADDRESSED_SHORT_VIDEO = 34236;

    private static final int HIGHEST = 65535;

    private Kind() {}

    public static boolean isValid(long kind) {
        return kind >= 0 && kind <= HIGHEST;
    }

    /// A film, short or long.
    public static boolean isVideo(int kind) {
        return kind == VIDEO || kind == SHORT_VIDEO || kind == ADDRESSED_VIDEO || kind == ADDRESSED_SHORT_VIDEO;
    }

    /// Something spoken.
    public static boolean isVoice(int kind) {
        return kind == VOICE || kind == VOICE_ANSWER;
    }

    /// A private message as relays see it.
    public static boolean isPrivateMessage(int kind) {
        return kind == OLD_MESSAGE || kind == GIFT_WRAP;
    }

    /// Only the latest of an author counts.
    public static boolean isReplaceable(int kind) {
        return kind == PROFILE || kind == FOLLOWS || (kind >= 10_000 && kind < 20_000);
    }

    /// Passed on, never stored.
    public static boolean isEphemeral(int kind) {
        return kind >= 20_000 && kind < 30_000;
    }

    /// Only the latest of an author and `d` tag counts.
    public static boolean isAddressable(int kind) {
        return kind >= 30_000 && kind < 40_000;
    }
}
