package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Maps handles of other networks to usernames that every server takes: `[a-z0-9_.-]`, neither starting nor ending
/// with a dot or dash, at most 128 characters.
///
/// `carol@site.example` becomes `carol.site.example`, a domain stays a domain, an npub an npub. A single word is kept
/// for the bots, which are called like the network they reach.
public final class Usernames {
    private static final int LONGEST = 100;
    private static final int SUFFIX = 6;
    private static final Pattern REFUSED = Pattern.compile("[^a-z0-9_.-]");
    private static final Pattern EDGE = Pattern.compile("^[.-]+|[.-]+$");
    private static final Pattern RESERVED = Pattern.compile("[a-z][a-z0-9]{1,31}");

    private Usernames() {}

    /// The usernames for somebody, best first: the one everybody would expect, and one that nobody else has.
    public static List<String> of(Profile profile) {
        NativeId origin = profile.actor();
        if (origin.network().equals(Network.BRIDGE)) {
            return List.of(origin.value());
        }
        String own = CopyIds.hash(origin.key())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]", "")
                .substring(0, SUFFIX);
        String name = mapped(profile.handle());
        if (name.isEmpty()) {
            return List.of(origin.network().name() + "." + own);
        }
        String unlike =
                RESERVED.matcher(name).matches() ? name + "." + origin.network().name() : name;
        return List.of(unlike, unlike + "-" + own);
    }

    private static String mapped(String handle) {
        String bare = handle.toLowerCase(Locale.ROOT).strip();
        if (bare.startsWith("@")) {
            bare = bare.substring(1);
        }
        // In NIP-05 an underscore stands for the domain itself.
        if (bare.startsWith("_@")) {
            bare = bare.substring(2);
        }
        String plain = REFUSED.matcher(bare.replace('@', '.')).replaceAll("-").replaceAll("\\.{2,}", ".");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        return EDGE.matcher(cut).replaceAll("");
    }
}
