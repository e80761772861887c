package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.GhostRequest;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// Which handle a ghost gets: the person's own handle as one label under the domain of their network.
///
/// `@alice_b@social.example` becomes `alice-b-social-example`: letters and digits stay, everything else becomes one
/// hyphen. What is longer than a label, or taken by somebody else, ends in part of a hash of the person's id.
final class HandleNames {
    private static final int MAX_LABEL = 63;
    private static final int SHORT_HASH = 6;
    private static final int LONG_HASH = 16;

    private final HandleDomains domains;

    HandleNames(HandleDomains domains) {
        this.domains = domains;
    }

    /// What to try, best first.
    List<Handle> candidates(GhostRequest request) {
        NativeId origin = request.origin();
        if (request.bot()) {
            return List.of(new Handle(origin.value() + "-bot." + domains.bots()));
        }
        String domain = domains.of(origin.network());
        String label = label(request.profile().handle());
        String hash = Cid.ofRaw(origin.key().getBytes(StandardCharsets.UTF_8)).toString();
        String digest = hash.substring(hash.length() - LONG_HASH);
        String plain = label.length() <= MAX_LABEL ? label : shortened(label, digest.substring(0, SHORT_HASH));
        return List.of(plain, shortened(label, digest.substring(0, SHORT_HASH)), shortened(label, digest)).stream()
                .distinct()
                .map(name -> new Handle(name + "." + domain))
                .toList();
    }

    private static String shortened(String label, String digest) {
        int room = MAX_LABEL - digest.length() - 1;
        String start = label.substring(0, Math.min(room, label.length()));
        return trimmed(start) + "-" + digest;
    }

    /// One label of `a-z 0-9 -`.
    private static String label(String handle) {
        String name = handle.strip().toLowerCase(Locale.ROOT).replaceFirst("^(https?://|@)", "");
        // NIP-05 writes the owner of a whole domain as `_`.
        String plain = trimmed(ascii(name.replaceFirst("^_@", "")).replaceAll("[^a-z0-9]+", "-"));
        return plain.isEmpty() ? "somebody" : plain;
    }

    private static String ascii(String name) {
        int at = name.lastIndexOf('@');
        try {
            return name.substring(0, at + 1) + IDN.toASCII(name.substring(at + 1));
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static String trimmed(String label) {
        return label.replaceAll("^-+|-+$", "");
    }
}
