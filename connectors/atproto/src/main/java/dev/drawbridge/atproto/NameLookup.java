package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.Accounts;
import dev.drawbridge.atproto.wire.HandleResolver;
import dev.drawbridge.atproto.wire.People;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.spi.Sought;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who is meant by a handle, a DID, an `at://` address, or a page that shows one of these.
final class NameLookup {
    private static final String PAGES = "https://bsky.app/profile/";
    private static final String POSTS = "app.bsky.feed.post";
    private static final Pattern PAGE =
            Pattern.compile("https://[a-z0-9.-]{1,253}/profile/([^/?#]{1,253})(?:[/?#].*)?");
    private static final Pattern URI_START = Pattern.compile("at://([^/?#]{1,253})(?:[/?#].*)?");

    private final Accounts accounts;
    private final Predicate<String> covers;
    private final People people;
    private final HandleResolver handles;

    /// @param covers whether a host may be a handle of ours
    NameLookup(Accounts accounts, Predicate<String> covers, People people, HandleResolver handles) {
        this.accounts = accounts;
        this.covers = covers;
        this.people = people;
        this.handles = handles;
    }

    Sought seek(String name) {
        if (PrivateKeys.in(name)) {
            return new Sought.Secret();
        }
        String bare = name.startsWith("@") ? name.substring(1) : inside(name);
        Optional<Did> did = Did.tryParse(bare);
        if (did.isPresent()) {
            return byDid(did.get());
        }
        return Handle.tryParse(bare).map(this::byHandle).orElseGet(Sought.Foreign::new);
    }

    private static String inside(String name) {
        for (Pattern pattern : new Pattern[] {PAGE, URI_START}) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return name;
    }

    private Sought byDid(Did did) {
        try {
            boolean there = accounts.byDid(did).filter(Account::live).isPresent()
                    || people.document(did).flatMap(DidDocument::pds).isPresent();
            return there ? found(did) : new Sought.Nobody();
        } catch (Unavailable e) {
            return new Sought.Silent();
        }
    }

    private Sought byHandle(Handle handle) {
        Optional<Did> ours = accounts.byHandle(handle).filter(Account::live).map(Account::did);
        Optional<Did> did = ours.isPresent() || covers.test(handle.value()) ? ours : handles.resolve(handle);
        return did.map(NameLookup::found).orElseGet(Sought.Nobody::new);
    }

    private static Sought found(Did did) {
        return new Sought.Found(new NativeId(Network.ATPROTO, did.value()));
    }

    /// The page of an account at the client most people use.
    static URI page(Did did) {
        return URI.create(PAGES + did.value());
    }

    /// The page of a post there; other records have none.
    static Optional<URI> page(AtUri record) {
        return record.did()
                .flatMap(did -> record.path()
                        .filter(path -> path.collection().value().equals(POSTS))
                        .map(RepoPath::rkey)
                        .map(rkey -> URI.create(PAGES + did.value() + "/post/" + rkey.value())));
    }
}
