package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What somebody posted before, from the host that keeps their repository. A list, which nobody signs, says what there
/// is; each record is fetched with its proof when its turn comes, and is then the same event as a stream gives.
///
/// Spec: lexicons `com.atproto.repo.listRecords`, `com.atproto.sync.getRecord`
public final class RepoHistory {
    private static final Logger LOG = LoggerFactory.getLogger(RepoHistory.class);
    private static final String POST = "app.bsky.feed.post";
    /// Where a hundred records are more than is read, some may still be told.
    private static final int SHORT_PAGE = 10;
    /// Of pages that are not full.
    private static final int MORE_PAGES = 10;

    private final People people;
    private final HostClient hosts;
    private final RecordFetcher fetcher;
    private final Handover handover;
    private final Translator translator;
    private final InstantSource clock;

    public RepoHistory(
            People people, HostClient hosts, SignatureVerifier signatures, Translator translator, InstantSource clock) {
        this.people = people;
        this.hosts = hosts;
        this.fetcher = new RecordFetcher(people, hosts, signatures);
        this.handover = new Handover(people, fetcher);
        this.translator = translator;
        this.clock = clock;
    }

    /// The newest posts, newest first, as far as their host lists them; of each only what it is. A host that says that
    /// it has no such account has none; any other page that cannot be read says nothing, so while it is closed.
    ///
    /// @return empty if it does not answer now
    public Optional<List<NativeEvent>> list(Did author, int most) {
        try {
            Optional<URI> host = people.document(author).flatMap(DidDocument::pds);
            return Optional.of(host.map(at -> list(at, author, most)).orElseGet(List::of));
        } catch (Unavailable e) {
            LOG.info("the past of {} cannot be read now: {}", author, e.getMessage());
            return Optional.empty();
        }
    }

    private List<NativeEvent> list(URI host, Did author, int most) {
        Map<NativeId, NativeEvent> found = new LinkedHashMap<>();
        Optional<String> cursor = Optional.empty();
        int pages = most / HostClient.PAGE + MORE_PAGES;
        for (int page = 0; page < pages && found.size() < most; page++) {
            Optional<RecordPage> answer = page(host, author, cursor);
            int before = found.size();
            answer.stream()
                    .flatMap(listed -> listed.records().stream())
                    .flatMap(record -> event(record, author).stream())
                    .forEach(event -> found.putIfAbsent(event.object(), event));
            Optional<String> next = answer.flatMap(RecordPage::cursor);
            boolean nothingNew =
                    found.size() == before && answer.filter(RecordPage::whole).isPresent();
            if (next.isEmpty() || next.equals(cursor) || nothingNew) {
                break;
            }
            cursor = next;
        }
        return found.values().stream().limit(most).toList();
    }

    /// Records that are more than is read, one by one even, are the end of the list.
    private Optional<RecordPage> page(URI host, Did author, Optional<String> cursor) {
        try {
            return hosts.page(host, author, POST, HostClient.PAGE, cursor);
        } catch (Unavailable e) {
            if (!e.isTooLarge()) {
                throw e;
            }
        }
        try {
            return hosts.page(host, author, POST, SHORT_PAGE, cursor);
        } catch (Unavailable e) {
            if (!e.isTooLarge()) {
                throw e;
            }
            LOG.warn("{} lists more of {} than is read: what is older is left out", host, author);
            return Optional.empty();
        }
    }

    /// What a list says is not believed, but where to look.
    private Optional<NativeEvent> event(DataMap record, Did author) {
        return record.text("uri")
                .flatMap(AtUri::tryParse)
                .filter(uri -> uri.did().equals(Optional.of(author)))
                .filter(uri -> uri.path()
                        .filter(p -> p.collection().value().equals(POST))
                        .isPresent())
                .flatMap(_ -> decoded(DataJson.write(record)))
                .filter(event ->
                        event.kind() == NativeEvent.Kind.POST && event.made().isPresent())
                .map(event -> event.saying("{}"));
    }

    /// A listed post as it is now, with proof, and with what is beside it.
    ///
    /// @return empty if it is gone, or cannot be believed
    /// @throws Unavailable if nobody can tell now; so while its account is closed, which may be opened again
    public Optional<NativeEvent> recall(NativeEvent listed) {
        Optional<AtUri> uri = AtUri.tryParse(listed.object().value());
        Optional<Did> author = uri.flatMap(AtUri::did);
        Optional<RepoPath> path = uri.flatMap(AtUri::path);
        if (author.isEmpty() || path.isEmpty()) {
            return Optional.empty();
        }
        return fetched(author.get(), path.get())
                .flatMap(found -> decoded(
                        found.written(author.get(), path.get(), clock.instant()).toString()))
                .map(event -> handover.placed(event, author.get()));
    }

    private Optional<RecordFetcher.Fetched> fetched(Did author, RepoPath path) {
        try {
            return fetcher.fetch(author, path);
        } catch (Unavailable e) {
            if (!e.isTooLarge()) {
                throw e;
            }
            LOG.info("left out: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<NativeEvent> decoded(String document) {
        return translator.decode(document, clock.instant())
                        instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)
                ? Optional.of(event)
                : Optional.empty();
    }
}
