package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.AtIdentifier;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.Departure;
import dev.drawbridge.atproto.store.Departures;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.model.port.PasswordHashes;
import dev.drawbridge.model.spi.HttpCall;
import java.time.InstantSource;
import java.util.Optional;

/// Tells whether somebody owns an account: they have the password that was handed to its owner, or a token that was
/// given for it.
final class Owners {
    private final Repos repos;
    private final Departures departures;
    private final PasswordHashes passwords;
    private final Tokens tokens;
    private final LoginAttempts attempts;
    private final InstantSource clock;

    /// Fits nothing: names that nobody can sign in with cost as much as others.
    private final String nobodys;

    Owners(Repos repos, Departures departures, PasswordHashes passwords, Tokens tokens, InstantSource clock) {
        this.repos = repos;
        this.departures = departures;
        this.passwords = passwords;
        this.tokens = tokens;
        this.clock = clock;
        attempts = new LoginAttempts(clock);
        nobodys = passwords.of("");
    }

    /// Who signed in.
    ///
    /// @param departure the id of what they did it with
    record Owner(Account account, String departure) {}

    /// Whom a name and a password belong to.
    ///
    /// @param address where they come from: who guesses from elsewhere keeps nobody out
    /// @throws XrpcError if they fit nobody, or there were too many attempts
    Owner signedIn(String identifier, String password, String address) {
        attempts.from(address);
        Optional<Account> account = AtIdentifier.tryParse(identifier.strip().replaceFirst("^@", ""))
                .flatMap(repos::find)
                .filter(this::isThere);
        account.ifPresent(found -> attempts.of(guesses(found, address)));
        Optional<Departure> departure = account.flatMap(found -> good(found.did()));
        boolean fits =
                passwords.fits(password, departure.map(Departure::password).orElse(nobodys));
        if (account.isEmpty() || departure.isEmpty() || !fits) {
            account.ifPresent(found -> attempts.failed(guesses(found, address)));
            throw new XrpcError(401, "AuthenticationRequired", "Invalid identifier or password");
        }
        attempts.succeeded(guesses(account.get(), address));
        return new Owner(account.get(), departure.get().id());
    }

    private static String guesses(Account account, String address) {
        return account.did() + " password " + LoginAttempts.network(address);
    }

    /// Whose request this is.
    ///
    /// @throws XrpcError if it carries no good access token
    Account of(HttpCall call) {
        return of(tokens.access(call));
    }

    /// @throws XrpcError if what was given to them counts no more
    Account of(Tokens.Holder holder) {
        boolean current = good(holder.did())
                .filter(departure -> departure.id().equals(holder.departure()))
                .isPresent();
        if (!current) {
            throw new XrpcError(400, "ExpiredToken", "Token has been revoked");
        }
        return repos.find(holder.did())
                .filter(this::isThere)
                .orElseThrow(() -> new XrpcError(401, "AccountNotFound", "Account not found"));
    }

    /// Whether a request is of somebody who signed in with this account. One that says nothing of the kind, or nothing
    /// that counts, is of anybody.
    boolean owns(HttpCall call, Did did) {
        if (call.header("authorization").isEmpty()) {
            return false;
        }
        try {
            return of(call).did().equals(did);
        } catch (XrpcError e) {
            return false;
        }
    }

    /// Notes that an owner has a copy of a version of their repository.
    void copied(Did did, String rev) {
        departures.copied(did, rev);
    }

    /// Whether somebody who signed in has the code, too.
    ///
    /// @throws XrpcError if not
    void confirmed(Account account, String code) {
        Did did = account.did();
        String guesses = did + " code";
        attempts.of(guesses);
        if (good(did)
                .filter(departure -> !departure.code().isEmpty())
                .filter(departure -> passwords.fits(code.strip(), departure.code()))
                .isEmpty()) {
            attempts.failed(guesses);
            throw new XrpcError(400, "InvalidToken", "Token is invalid");
        }
        attempts.succeeded(guesses);
    }

    private Optional<Departure> good(Did did) {
        return departures.of(did).filter(departure -> clock.instant().isBefore(departure.until()));
    }

    /// Who left long ago has nothing here any more.
    private boolean isThere(Account account) {
        return repos.store()
                .archive()
                .state(account.did())
                .map(RepoState::status)
                .filter(status -> !status.equals(AccountEvent.DELETED))
                .isPresent();
    }
}
