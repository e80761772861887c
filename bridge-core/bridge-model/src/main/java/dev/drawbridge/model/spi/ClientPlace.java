package dev.drawbridge.model.spi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// A page of ours that servers send people back to, and the client without a secret that it makes us: what such a
/// client is called is an address of ours that describes it. Each server has a place of its own, so there is a client
/// for each place, and its address says which: nothing has to be kept.
///
/// @param path of the page: no other is sent anything
public record ClientPlace(String path) {
    /// What comes before the word of a server in the path of every such page.
    public static final String BACK = "/account/sign-in/back/";

    private static final int LONGEST = 400;
    private static final Pattern PLACE = Pattern.compile(BACK + "[0-9a-f]{64}");

    /// @throws IllegalArgumentException if nobody is sent back there
    public ClientPlace {
        if (!PLACE.matcher(path).matches()) {
            throw new IllegalArgumentException("nobody is sent back to " + path);
        }
    }

    /// @return empty if nobody is sent back there
    public static Optional<ClientPlace> of(URI back) {
        return tryPath(back.getRawPath());
    }

    /// Reads what [#word()] wrote, in the one way it is written.
    public static Optional<ClientPlace> parse(String word) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return tryPath(new String(Base64.getUrlDecoder().decode(word), StandardCharsets.US_ASCII))
                    .filter(place -> place.word().equals(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<ClientPlace> tryPath(String path) {
        return PLACE.matcher(path).matches() ? Optional.of(new ClientPlace(path)) : Optional.empty();
    }

    /// As it stands in the address of a client: Base64url of the path.
    public String word() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.US_ASCII));
    }
}
