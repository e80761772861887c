package dev.drawbridge.activitypub.wire;

import java.util.Optional;

/// What a server calls this instance. Nothing about people: with it alone nobody gets at anything.
sealed interface OAuthApp {
    String id();

    /// What is asked for: who somebody is, and nothing else.
    String scope();

    /// What shows the server that it is us.
    Optional<String> secret();

    /// One that a server with [Mastodon's methods](https://docs.joinmastodon.org/methods/apps/) gave us.
    ///
    /// @param key what only the server and we know
    record Registered(String id, String key, String scope) implements OAuthApp {
        @Override
        public Optional<String> secret() {
            return Optional.of(key);
        }
    }

    /// One that Misskey knows by a page of ours
    /// ([IndieAuth §4.2](https://indieauth.spec.indieweb.org/#client-information-discovery)).
    ///
    /// @param id where the page is
    record Described(String id) implements OAuthApp {
        @Override
        public String scope() {
            return OAuthServer.READ_ACCOUNT;
        }

        @Override
        public Optional<String> secret() {
            return Optional.empty();
        }
    }
}
