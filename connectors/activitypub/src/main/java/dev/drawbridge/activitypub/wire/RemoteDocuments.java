package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.port.OutboundHttp;
import java.net.URI;

/// Documents of other servers, asked for at their source.
public final class RemoteDocuments {
    private static final int GONE = 410;
    private final SignedHttp http;
    private final HostTurns turns = new HostTurns();

    public RemoteDocuments(SignedHttp http) {
        this.http = http;
    }

    /// The object with this id. An answer that calls itself something else is asked for once more under that name.
    Lookup<As2> object(String id) {
        var answer = document(id);
        if (!(answer instanceof Found<As2>(As2 document))
                || document.id().filter(id::equals).isPresent()) {
            return living(answer);
        }
        var claimed = document.id().filter(c -> Uris.sameOrigin(c, id));
        if (claimed.isEmpty()) {
            return new Unusable<>(id + " answers with something from elsewhere");
        }
        var again = document(claimed.get());
        boolean same =
                again.found().flatMap(As2::id).filter(claimed.get()::equals).isPresent();
        return same || again.found().isEmpty() ? living(again) : new Unusable<>(id + " has no id to rely on");
    }

    private static Lookup<As2> living(Lookup<As2> answer) {
        return answer.found().filter(d -> d.isA("Tombstone")).isPresent() ? new Missing<>(GONE) : answer;
    }

    /// Whatever is at an address.
    Lookup<As2> document(String address) {
        var uri = Uris.tryHttp(address);
        if (uri.isEmpty()) {
            return new Unusable<>("not an http address: " + address);
        }
        if (!Inquiry.mayAsk()) {
            return new Unusable<>(address + " not asked for: too many questions for one activity");
        }
        try {
            return read(uri.get(), turns.at(uri.get(), () -> http.get(uri.get())));
        } catch (OutboundHttp.OutboundException e) {
            return switch (e.failure()) {
                case FORBIDDEN_ADDRESS, TOO_LARGE -> new Unusable<>(address + ": " + e.failure());
                case UNKNOWN_HOST, UNREACHABLE, TIMEOUT, TLS -> new Unavailable<>(address + ": " + e.failure());
            };
        }
    }

    private static Lookup<As2> read(URI asked, OutboundHttp.Answer answer) {
        int status = answer.status();
        if (status == 404 || status == GONE) {
            return new Missing<>(status);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new Unavailable<>(asked + " answered " + status);
        }
        if (status != 200) {
            return new Unusable<>(asked + " answered " + status);
        }
        String type = answer.header("content-type").orElse("");
        if (!Vocabulary.isActivityJson(type)) {
            return new Unusable<>(asked + " answered with " + (type.isEmpty() ? "no media type" : type));
        }
        if (!Uris.sameOrigin(answer.uri().toString(), asked.toString())) {
            return new Unusable<>(asked + " sent us to another host");
        }
        return switch (Documents.parse(answer.body())) {
            case Reading.Read<As2>(As2 document) -> new Found<>(document);
            case Reading.Unreadable<As2>(String field, String detail) ->
                new Unusable<>(asked + ": " + field + ": " + detail);
        };
    }
}
