package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.AtIdentifier;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RepoState;
import java.util.Optional;

/// Looks up what a request names, or says why not.
record Repos(PdsStore store) {
    /// The account that a request names, served or not.
    Optional<Account> find(AtIdentifier name) {
        Optional<Account> account = switch (name) {
            case Did did -> store.accounts().byDid(did);
            case Handle handle -> store.accounts().byHandle(handle);
        };
        return account.filter(Account::live);
    }

    /// The account that a request names, if it is served.
    Account served(AtIdentifier name) {
        Account account = find(name).orElseThrow(() -> notFound(name));
        served(account.did());
        return account;
    }

    /// The repository of a DID, served or not. One that was deleted is not there.
    RepoState state(Did did) {
        return store.archive()
                .state(did)
                .filter(state -> !state.status().equals(AccountEvent.DELETED))
                .orElseThrow(() -> notFound(did));
    }

    private static XrpcError notFound(AtIdentifier name) {
        return new XrpcError(400, "RepoNotFound", "Could not find repo for DID: " + name.value());
    }

    /// The repository of a DID whose account is served.
    RepoState served(Did did) {
        RepoState state = state(did);
        if (!state.active()) {
            throw inactive(state);
        }
        return state;
    }

    /// The repository of a DID for whoever asks. Who signed in with the account reads it when it is closed, too: what
    /// was
    /// added after they copied it is found nowhere else.
    RepoState readable(Params params, Owners owners) {
        Did did = params.did();
        return readable(did, owners.owns(params.call(), did));
    }

    /// The same.
    ///
    /// @param owned whether whoever asks signed in with the account
    RepoState readable(Did did, boolean owned) {
        return owned ? state(did) : served(did);
    }

    private static XrpcError inactive(RepoState state) {
        return switch (state.status()) {
            case AccountEvent.DEACTIVATED ->
                new XrpcError(400, "RepoDeactivated", "Repo has been deactivated: " + state.did());
            case "suspended" -> new XrpcError(400, "RepoSuspended", "Repo has been suspended: " + state.did());
            default -> new XrpcError(400, "RepoTakendown", "Repo has been taken down: " + state.did());
        };
    }
}
