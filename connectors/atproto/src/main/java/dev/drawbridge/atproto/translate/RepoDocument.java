package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One piece of news from the network, read from its JSON form.
sealed interface RepoDocument {
    Did did();

    Instant time();

    default NativeId author() {
        return new NativeId(Network.ATPROTO, did().value());
    }

    /// A record was created or changed.
    ///
    /// @param handle the author's handle, where the connector checked it
    /// @param pds where the author's repository is served, where the connector knows
    /// @param threadgate who may answer, where the connector found that beside a post
    /// @param postgate who may quote, where the connector found that beside a post
    /// @param intents what the author declares, where the connector found that beside a profile
    record Write(
            Did did,
            RepoPath path,
            String cid,
            boolean update,
            Instant time,
            ObjectNode record,
            Optional<String> handle,
            Optional<String> pds,
            Optional<ObjectNode> threadgate,
            Optional<ObjectNode> postgate,
            Optional<ObjectNode> intents)
            implements RepoDocument {
        NativeId uri() {
            return new NativeId(Network.ATPROTO, AtUri.of(did, path).toString());
        }

        /// This version of the record.
        NativeId version() {
            return new NativeId(Network.ATPROTO, uri().value() + '#' + cid);
        }
    }

    /// A record was deleted.
    ///
    /// @param mark the revision of the repository that did it, or another thing that is the same each time
    record Removal(Did did, RepoPath path, String mark, Instant time) implements RepoDocument {
        NativeId uri() {
            return new NativeId(Network.ATPROTO, AtUri.of(did, path).toString());
        }

        NativeId event() {
            return new NativeId(Network.ATPROTO, uri().value() + "#delete-" + mark);
        }
    }

    /// The hosting status of an account changed.
    record Account(Did did, boolean active, String status, Instant time) implements RepoDocument {
        NativeId event() {
            return new NativeId(Network.ATPROTO, did.value() + "#account-" + time.toEpochMilli());
        }
    }

    /// Somebody complains to those who run this server.
    ///
    /// @param about the record complained about, if one
    /// @param type what kind of complaint, as a lexicon names it
    /// @param reason in their words; may be empty
    record Report(Did did, Did target, Optional<AtUri> about, String type, String reason, Instant time)
            implements RepoDocument {
        NativeId event() {
            return new NativeId(
                    Network.ATPROTO,
                    did.value() + "#report-" + time.toEpochMilli() + '-'
                            + subject().value());
        }

        /// What it is about: the record, or the account.
        NativeId subject() {
            return new NativeId(Network.ATPROTO, about.map(AtUri::toString).orElse(target.value()));
        }

        NativeId person() {
            return new NativeId(Network.ATPROTO, target.value());
        }

        /// What moderators read: the kind of complaint, and the words.
        String words() {
            String kind = type.replaceFirst("^.*#(reason)?", "");
            return reason.isBlank() ? kind : kind + ": " + reason.strip();
        }
    }

    /// The handle or the DID document of an account changed.
    record Identity(Did did, Instant time) implements RepoDocument {
        NativeId event() {
            return new NativeId(Network.ATPROTO, did.value() + "#identity-" + time.toEpochMilli());
        }
    }
}
