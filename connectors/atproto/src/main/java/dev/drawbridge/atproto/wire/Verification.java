package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.InstantSource;
import java.util.Optional;

/// Checks commits against the key that the account's DID names now.
final class Verification {
    private final CommitVerifier verifier;
    private final People people;
    private final InstantSource clock;

    Verification(CommitVerifier verifier, People people, InstantSource clock) {
        this.verifier = verifier;
        this.people = people;
        this.clock = clock;
    }

    /// @return why the commit cannot be believed; empty if it can
    /// @throws Unavailable if the key cannot be found out now
    Optional<String> problem(CommitEvent commit) {
        CommitVerdict verdict = check(commit);
        if (verdict instanceof CommitVerdict.BadSignature) {
            people.forget(commit.did());
            verdict = check(commit);
        }
        return switch (verdict) {
            case CommitVerdict.Verified _ -> Optional.empty();
            case CommitVerdict.BadSignature _ -> Optional.of("signed by another key than the account's");
            case CommitVerdict.Invalid(String reason) -> Optional.of(reason);
            case CommitVerdict.Stale _, CommitVerdict.Desynchronized _ ->
                throw new IllegalStateException("no state was given to compare with");
        };
    }

    private CommitVerdict check(CommitEvent commit) {
        return key(commit.did())
                .map(key -> verifier.verify(commit, key, Optional.empty(), clock.instant()))
                .orElseGet(() -> new CommitVerdict.Invalid("the DID names no key"));
    }

    private Optional<DidKey> key(Did did) {
        return people.document(did).flatMap(DidDocument::signingKey);
    }
}
