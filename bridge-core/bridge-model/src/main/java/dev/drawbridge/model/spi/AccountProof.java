package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/// A way in which somebody shows in a browser that an account of a network is theirs, beside the code that a bot
/// writes. Nothing that is shown on the way is kept.
public sealed interface AccountProof {
    /// Something in their browser holds the key of the account and signs a request with it.
    @FunctionalInterface
    non-sealed interface BySignature extends AccountProof {
        /// @param call a `POST` whose body is a text that was made for it and is good once
        Verdict check(HttpCall call);
    }

    /// The server of the account asks them, and sends them back with an answer.
    @FunctionalInterface
    non-sealed interface ByTheirServer extends AccountProof {
        /// Prepares the question. Asks servers.
        ///
        /// @param name what somebody typed to say who they are
        /// @param state a word that the server sends back with its answer
        /// @param back where a server sends them, by its origin: another place for each
        Start begin(String name, String state, Function<String, URI> back);

        /// How a name of the network looks, to show what may be typed.
        default String example() {
            return "@alice@social.example";
        }
    }

    /// What came of a beginning.
    sealed interface Start {
        /// @param page where the server asks
        /// @param person who has to come back
        /// @param back where they have to come back to: what comes elsewhere is no answer of that server
        /// @param answer reads what the server sends them back with; asks the server, and is good once
        record Ask(URI page, NativeId person, URI back, Answer answer) implements Start {}

        record Refused(Refusal why) implements Start {}
    }

    /// See [Start.Ask#answer()].
    @FunctionalInterface
    interface Answer {
        Verdict read(Map<String, String> parameters);
    }

    /// What came of a proof.
    sealed interface Verdict {
        record Proven(NativeId person) implements Verdict {}

        record Refused(Refusal why) implements Verdict {}
    }

    /// Why nothing is proven, as far as whoever tries may know.
    enum Refusal {
        /// Nobody has that name.
        NOBODY,
        /// The server does not answer, or not in a way that can be used.
        SILENT,
        /// The server has no such way.
        UNABLE,
        /// They said no there.
        DECLINED,
        /// They are somebody else there than who they said.
        SOMEBODY_ELSE,
        /// It is not what was asked for, too old, or was used.
        STALE
    }
}
